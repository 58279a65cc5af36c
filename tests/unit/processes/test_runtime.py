"""Which versions and mirrors are good enough."""

import pytest

from huying.processes.debian_runtime import choose_mirror
from huying.processes.runtime import asterisk_is_suitable, version_of


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("Asterisk 22.10.1~dfsg+~cs6.17", True),
        ("Asterisk 22.11.0", True),
        ("Asterisk 22.10.0", False),
        ("Asterisk 20.99.1", False),
        ("Asterisk 23.1.0", False),
        ("", False),
    ],
)
def test_only_asterisk_22_from_22_10_1_is_suitable(text: str, good: bool) -> None:
    assert asterisk_is_suitable(text) is good


def test_version_is_the_first_dotted_number() -> None:
    assert version_of("nginx version: nginx/1.30.6 (Debian)") == (1, 30, 6)
    assert version_of("none") == ()


def test_mirror_is_debian_itself_not_security_or_a_third_party() -> None:
    addresses = ["http://other.test/cloud", "http://mirror.test/debian-security", "http://mirror.test/debian/"]
    assert choose_mirror(addresses) == "http://mirror.test/debian/"
    assert choose_mirror(["http://mirror.test/ubuntu"]) is None
