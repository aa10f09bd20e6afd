"""The settings of Kafka refuse at once what no client could use."""

import pytest

from shared.ops.errors import UsageError
from shared.stream.settings import KafkaSettings
from shared.testing.command import run


@pytest.mark.parametrize(
    "kafka", ["", " , ", "localhost", "localhost:abc", "a:1,b", "a:0", "a:65536", "user@a:1", "::1:9"]
)
def test_what_is_no_list_of_hosts_and_ports_is_refused(kafka):
    """The setting is named, and what it should look like."""
    with pytest.raises(UsageError, match=r"kafka：.*127\.0\.0\.1:9092"):
        KafkaSettings(kafka=kafka)


def test_hosts_may_be_names_or_numbers():
    """Spaces and a comma at the end do no harm."""
    servers = KafkaSettings(kafka="kafka-1.example.invalid:9092, 192.0.2.1:9093,[2001:db8::1]:9094,").servers
    assert servers == ["kafka-1.example.invalid:9092", "192.0.2.1:9093", "[2001:db8::1]:9094"]


@pytest.mark.parametrize("kafka", ["localhost:abc", ""])
def test_at_the_command_line_it_is_one_line(kafka):
    """Exit code 2, as for any wrong setting."""
    done = run("topics", "diff", settings={"kafka": kafka})
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "kafka：" in line
