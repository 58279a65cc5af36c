"""Hearing recordings: who may, that it is journalled, and the sound itself from any place."""
