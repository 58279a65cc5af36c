"""Calls from a web page: a visitor's one-time credential and what the page may ask about the call."""
