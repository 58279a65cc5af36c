"""A, D: what happens in a contact: its record, and the voice calls."""
