"""Which pages may embed the softphone, and which addresses may open for a call."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.channels.embedding.origins import OriginNotValid, checked_origin, checked_origins, frame_ancestors
from huying.channels.embedding.pops import TemplateNotValid, checked_template, filled


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("https://CRM.example", "https://crm.example"),
        ("https://crm.example:443/", "https://crm.example"),
        ("https://crm.example:8443", "https://crm.example:8443"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
        ("http://[::1]:5000", "http://[::1]:5000"),
    ],
)
def test_origins_are_kept_as_browsers_write_them(given_text: str, kept: str) -> None:
    assert checked_origin(given_text) == kept


@pytest.mark.parametrize(
    "text",
    [
        *("", "*", "https://*", "https://*.example", "crm.example", "http://crm.example", "https://crm.example/page", "null", "file:///x"),
        *("https://a@crm.example", "https://crm.example?x", "https://crm.example; script-src *", "https://crm example", "https://x:99999"),
        *("javascript:alert(1)", "https://'none'", "https://crm.example,https://b.example"),
    ],
)
def test_nothing_wider_than_an_origin_is_taken(text: str) -> None:
    with pytest.raises(OriginNotValid):
        checked_origin(text)


@given(st.text(max_size=40))
def test_what_is_taken_can_stand_in_a_header(text: str) -> None:
    try:
        kept = checked_origin("https://" + text)
    except OriginNotValid:
        return
    assert not set(kept) & set(" ;,'\"*\r\n")
    assert frame_ancestors(checked_origins([kept, kept])) == kept


def test_no_page_may_frame_when_none_is_named() -> None:
    assert frame_ancestors([]) == "'none'"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "http://crm.example/{number}",
            "javascript:alert({number})",
            "https://{number}/x",
            "https://crm.{queue}/",
            "//crm.example/{number}",
        ),
        *("https://crm.example/{name}", "https://crm.example/{number", "https://crm.example/ x", "https://a@{number}/"),
    ],
)
def test_templates_that_let_a_caller_choose_the_host_are_refused(text: str) -> None:
    with pytest.raises(TemplateNotValid):
        checked_template(text)


@given(st.text(max_size=30))
def test_whatever_the_number_is_the_host_stays(number: str) -> None:
    template = checked_template("https://crm.example/open?tel={number}&id={contact_id}#{queue}")
    address = urlsplit(filled(template, {"number": number, "contact_id": "c"}))
    assert address.netloc == "crm.example"
    assert address.path == "/open"
    assert address.query.count("&") == 1
