"""Which versions and mirrors are good enough."""

from huying.processes.debian_runtime import choose_mirror
from huying.processes.runtime import version_of


def test_version_is_the_first_dotted_number() -> None:
    assert version_of("nginx version: nginx/1.30.6 (Debian)") == (1, 30, 6)
    assert version_of("none") == ()


def test_mirror_is_debian_itself_not_security_or_a_third_party() -> None:
    addresses = ["http://other.test/cloud", "http://mirror.test/debian-security", "http://mirror.test/debian/"]
    assert choose_mirror(addresses) == "http://mirror.test/debian/"
    assert choose_mirror(["http://mirror.test/ubuntu"]) is None
