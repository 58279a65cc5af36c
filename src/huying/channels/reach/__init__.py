"""How persons are reached: their own forwarding, do not disturb, call waiting, and who has the duty telephone."""
