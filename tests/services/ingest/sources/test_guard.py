"""What may be connected to."""

import ipaddress

import pytest

from services.ingest.sources.guard import is_allowed

INTERNAL = [
    *("127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "100.100.100.200", "100.127.255.255", "192.0.0.192", "168.63.129.16"),
    *("192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1", "240.0.0.1"),
    *("255.255.255.255", "::", "::1", "::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:8.8.8.8"),
    *("fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "2001::1"),
    *("2002:7f00:1::1", "2002:808:808::1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "100::1"),
]


@pytest.mark.parametrize("address", INTERNAL)
def test_internal_addresses_are_refused(address: str):
    """Private, loopback, link-local, shared, multicast, reserved, mapped, translated, a cloud's own: none is connected to."""
    assert not is_allowed(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "223.5.5.5", "172.32.0.1", "2400:3200::1", "64:ff9b::808:808"])
def test_public_addresses_are_allowed(address: str):
    """Public addresses of either version, also an IPv4 address behind the translation of an IPv6 network."""
    assert is_allowed(address)


def test_an_allowed_network_is_allowed_and_nothing_beside_it():
    """An operator opens exactly the networks he names."""
    allowed = [ipaddress.ip_network("10.1.2.0/24"), ipaddress.ip_network("fd00:1::/64")]
    assert [is_allowed(each, allowed) for each in ("10.1.2.9", "10.1.3.9", "fd00:1::9", "fd00:2::9")] == [
        *(True, False, True, False),
    ]
