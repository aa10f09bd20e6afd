"""The demo on real Apache Kafka, as a person runs it."""

import os
import signal
import subprocess

from shared.testing.command import Command
from shared.testing.waiting import until


def _service(demo: Command, name: str) -> int | None:
    """Return the process number of a service that a demo has started."""
    assert demo.process is not None
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    for line in listed.splitlines():
        number, parent, arguments = line.split(None, 2)
        if int(parent) == demo.process.pid and f"serve {name}" in arguments:
            return int(number)
    return None


async def test_a_service_that_is_killed_is_told_and_the_demo_fails(tmp_path):
    """Nothing done is no success: the service, its exit code and its log are named."""
    demo = Command(("demo", "--kafka", "--output", str(tmp_path / "demo")), {}, tmp_path / "said")
    demo.start()

    async def killed() -> bool:
        number = _service(demo, "validate")
        if number:
            os.kill(number, signal.SIGKILL)
        return number is not None

    try:
        await until(killed, seconds=60)
        assert demo.wait(60) == 4
    finally:
        if demo.is_running:
            demo.stop(signal.SIGINT)
    (line,) = [line for line in demo.said.splitlines() if line.startswith("nianbao: ")]
    assert "validate" in line
    assert "-9" in line
    assert str(tmp_path / "demo" / "validate-0.log") in line


async def test_it_ends_with_the_broker_the_processes_and_their_logs(tmp_path):
    """Also where its output goes into a file."""
    demo = Command(("demo", "--kafka", "--output", str(tmp_path / "demo")), {}, tmp_path / "said")
    demo.start()
    assert demo.wait(120) == 0
    assert demo.said.splitlines()[-1].startswith("Apache Kafka 4.")
    assert demo.said.splitlines()[-1].endswith(f"，四个进程，日志在 {tmp_path / 'demo'}")
