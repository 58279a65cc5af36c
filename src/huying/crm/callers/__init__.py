"""Rules for callers: who goes first, who is not served, who has a person of his own; and the classes of customers."""
