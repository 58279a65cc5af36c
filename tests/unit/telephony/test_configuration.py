"""What Asterisk is configured with."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from huying.telephony.asterisk.accounts import account_objects, trunk_objects
from huying.telephony.asterisk.configuration import AsteriskSettings, prepare, render
from huying.telephony.asterisk.requests import endpoint_of, media_uris, originate_body
from huying.telephony.asterisk.runtime import AsteriskRuntime, runtime_at
from huying.telephony.port import BadRequestToEngine, Destination, PhoneAccount, Silence, Sound, Tone, Trunk
from huying.telephony.simulated import SimulatedParty, parse_party, party_of_account


@pytest.fixture
def settings(tmp_path: Path) -> AsteriskSettings:
    runtime = AsteriskRuntime(("/usr/sbin/asterisk",), Path("/modules"), Path("/data"))
    return AsteriskSettings(tmp_path / "asterisk", runtime, 8088, 5060, 10000, 10999, "a-secret-of-the-test", public_address="203.0.113.7")


def test_files_are_for_their_owner_alone_and_secrets_stay_in_theirs(settings: AsteriskSettings) -> None:
    launch = prepare(settings)
    assert launch.argv[0] == "/usr/sbin/asterisk"
    assert settings.ari_secret not in repr(settings) + " ".join(launch.argv) + str(launch.env)
    for file in settings.folder.rglob("*"):
        mode = stat.S_IMODE(file.stat().st_mode)
        assert mode == (0o700 if file.is_dir() else 0o600), file
        assert file.name == "ari.conf" or file.is_dir() or settings.ari_secret not in file.read_text()
    assert settings.recordings.is_dir()
    prepare(settings)


def test_what_must_be_true_of_the_files(settings: AsteriskSettings) -> None:
    files = render(settings)
    assert "bindaddr = 127.0.0.1" in files["http.conf"]
    assert "sessionlimit = 10000" in files["http.conf"]
    assert "websocket_write_timeout = 5000" in files["ari.conf"]
    assert "endpoint_identifier_order = username,ip\n" in files["pjsip.conf"]
    assert "external_media_address = 203.0.113.7" in files["pjsip.conf"]
    assert "anonymous" not in "".join(files.values())
    assert "autoload = no" in files["modules.conf"]
    assert "res_pjsip_endpoint_identifier_anonymous" not in files["modules.conf"]
    assert "rtpstart = 10000" in files["rtp.conf"]
    assert '"127.0.0.1:8088"' in files["extensions.conf"]


def test_a_trunk_is_known_by_address_alone_and_an_account_by_name() -> None:
    trunk = {one.kind: one.fields for one in trunk_objects(Trunk("t", ["192.0.2.1", "198.51.100.0/24"], 5080, "tcp"))}
    assert trunk["endpoint"]["identify_by"] == "ip"
    assert trunk["identify"]["match"] == "192.0.2.1,198.51.100.0/24"
    assert trunk["aor"]["contact"] == "sip:192.0.2.1:5080;transport=tcp"
    browser = {one.kind: one.fields for one in account_objects(PhoneAccount("a", "s", "browser", '"\\x')).copy()}
    assert browser["endpoint"]["identify_by"] == "username"
    assert browser["endpoint"]["callerid"] == '"x" <a>'
    assert browser["aor"]["max_contacts"] == "1"
    narrow = account_objects(PhoneAccount("a", "s", "browser", codecs=("alaw", "opus")))[-1].fields
    assert (browser["endpoint"]["allow"], narrow["allow"]) == ("opus,alaw,ulaw", "alaw,opus")
    assert narrow["outgoing_call_offer_pref"] == trunk["endpoint"]["outgoing_call_offer_pref"] == "local_merge"
    assert [one.kind for one in account_objects(PhoneAccount("a", "s", "phone"))] == ["auth", "aor", "endpoint"]


def test_a_visitor_has_no_place_to_register_and_one_entry() -> None:
    objects = {one.kind: one.fields for one in account_objects(PhoneAccount("v", "s", "visitor", entry="token;x=1\n[evil]"))}
    assert set(objects) == {"auth", "endpoint"}
    assert objects["endpoint"]["set_var"] == "HUYING_ENTRY=tokenx1[evil]"
    assert objects["endpoint"]["context"] == "from-visitor"


def test_secrets_of_accounts_are_not_shown() -> None:
    assert "hush" not in repr(PhoneAccount("a", "hush", "phone")) + repr(Trunk("t", [], secret="hush"))


@pytest.mark.parametrize(
    ("to", "dialled"),
    [
        (Destination("account", "a1"), "PJSIP/a1"),
        (Destination("number", "+8613800138000", "t"), "PJSIP/+8613800138000@trunk.t"),
        (SimulatedParty("busy", 2.5, 9, "1#", 500).destination(), "Local/sim~busy~2.5~9~1#~500@simulated/n"),
    ],
)
def test_dial_strings(to: Destination, dialled: str) -> None:
    assert endpoint_of(to) == dialled


@pytest.mark.parametrize("to", [Destination("number", "1", ""), Destination("number", "1@evil/x", "t"), Destination("fax", "1")])
def test_what_cannot_be_dialled(to: Destination) -> None:
    with pytest.raises(BadRequestToEngine):
        endpoint_of(to)


def test_headers_and_names_cannot_break_out() -> None:
    def body(**more: object) -> dict[str, object]:
        given = {"caller_number": "1<2>3", "caller_name": 'a"b\n', "timeout_seconds": 9, "auto_answer": False, "headers": {}} | more
        return originate_body(Destination("account", "a"), account="a", **given)  # type: ignore[arg-type]

    assert body()["callerId"] == '"ab" <123>'
    assert body(auto_answer=True)["variables"]["PJSIP_HEADER(add,X-Huying-Auto-Answer)"] == "1"  # type: ignore[index]
    for headers in ({"X-Huying-A": "b\r\nX: y"}, {"From": "x"}):
        with pytest.raises(BadRequestToEngine):
            body(headers=headers)


def test_silence_is_made_once(tmp_path: Path) -> None:
    uris = media_uris([Sound("/a/b"), Tone("busy"), Silence(290), Silence(300)], tmp_path)
    assert uris == ["sound:/a/b", "tone:busy;tonezone=cn", f"sound:{tmp_path}/silence-280", f"sound:{tmp_path}/silence-300"]
    assert (tmp_path / "silence-300.sln").stat().st_size == 300 * 16


def test_parties_can_be_written_and_read() -> None:
    party = SimulatedParty("refuse", 0.5, 20, "12#", 700)
    assert parse_party(party.destination().address) == party
    account = PhoneAccount("x", "", "simulated")
    assert party_of_account(account) == party_of_account(account)
    assert party_of_account(PhoneAccount("y", "", "simulated", entry=party.destination().address)) == party


def test_a_private_runtime_brings_its_own_loader(tmp_path: Path) -> None:
    (tmp_path / "usr/lib64").mkdir(parents=True)
    (tmp_path / "usr/lib64/ld-linux-x86-64.so.2").touch()
    runtime = runtime_at(tmp_path)
    assert runtime.program[0].endswith("ld-linux-x86-64.so.2")
    assert runtime.version() == ()
    assert not runtime.is_usable()
