"""The broker that tests and the demonstration start."""

from base64 import urlsafe_b64decode

from shared.testing.kafka import cluster_id


def test_a_cluster_s_id_is_taken_for_no_option():
    """One id in 64 began with a dash, and on a new machine no broker could start then."""
    ids = {cluster_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert {each[0] for each in ids} == {"b"}
    assert {len(urlsafe_b64decode(f"{each}==")) for each in ids} == {16}
