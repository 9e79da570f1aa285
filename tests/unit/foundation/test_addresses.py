"""Is a private address known as one, however it is written?"""

import pytest

from bedside.foundation.addresses import is_private, is_public, is_this_machine


# In groups: addresses of one network, and the same ones in other clothes.
@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.9", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001:db8::1",
    ],
)  # fmt: skip
def test_a_private_address_is_never_public_in_whatever_clothes(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_a_public_address_may_be_called(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["localhost", "LocalHost", "127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"]
)
def test_this_machine_is_known_by_each_of_its_names(host: str) -> None:
    assert is_this_machine(host)
    assert is_private(host)


@pytest.mark.parametrize("host", ["10.0.0.1", "192.168.0.9", "fd00::1", "0.0.0.0"])
def test_another_machine_of_the_house_is_private_and_not_this_one(host: str) -> None:
    assert not is_this_machine(host)
    assert is_private(host)


@pytest.mark.parametrize("host", ["example.org", "localhost.example.org", "8.8.8.8", "", "1"])
def test_a_name_is_not_called_private_before_it_is_looked_up(host: str) -> None:
    assert not is_this_machine(host)
    assert not is_private(host)
