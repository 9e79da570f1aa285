"""Whose is an address: the public internet's, a private network's, or this machine's own?

Only numbers are judged, and the one name `localhost`; where other names lead is looked up by `foundation.http` at
every connection.
"""

import ipaddress

# IPv6 addresses that carry an IPv4 address inside: NAT64 (RFC 6052) and 6to4 (RFC 3056).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_6TO4 = ipaddress.ip_network("2002::/16")


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, also when it is an IPv4 address in IPv6 clothes."""
    found = _bare(address)
    return found.is_global and not found.is_multicast and not found.is_reserved


def is_this_machine(host: str) -> bool:
    """Whether a host as a person writes it means the machine that Bedside runs on; no name is looked up."""
    return host.lower() == "localhost" or (_is_number(host) and _bare(host).is_loopback)


def is_private(host: str) -> bool:
    """Whether a host as a person writes it lies within a private network or this machine; no name is looked up."""
    return is_this_machine(host) or (_is_number(host) and not is_public(host))


def _bare(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The address out of its IPv6 clothes."""
    found = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(found, ipaddress.IPv4Address):
        return found
    if found in _NAT64:
        return ipaddress.IPv4Address(int(found) & 0xFFFF_FFFF)
    if found in _6TO4:
        return ipaddress.IPv4Address((int(found) >> 80) & 0xFFFF_FFFF)
    return found.ipv4_mapped or found


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
