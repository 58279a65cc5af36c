"""Whom an agent can call: the address book, and each person's favourites, speed dial keys and what was dialled last."""
