"""Logging never shows a secret."""

from huying.foundation.logging import HIDDEN, hide_secrets


def test_secrets_are_hidden_wherever_they_stand() -> None:
    line = hide_secrets(
        None,
        "info",
        {
            "event": "connected to nats://word@127.0.0.1:4222",
            "password": "a",
            "ari_secret": "b",
            "headers": {"Cookie": "c", "Accept": "*/*"},
            "accounts": [{"name": "x", "secret": "d"}],
            "database_url": "postgresql://u:e@h/db",
            "number": 7,
        },
    )
    assert line == {
        "event": f"connected to nats://{HIDDEN}@127.0.0.1:4222",
        "password": HIDDEN,
        "ari_secret": HIDDEN,
        "headers": {"Cookie": HIDDEN, "Accept": "*/*"},
        "accounts": [{"name": "x", "secret": HIDDEN}],
        "database_url": HIDDEN,
        "number": 7,
    }
