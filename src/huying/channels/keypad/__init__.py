"""What agents do from a telephone's keypad: feature codes, in a call and out of one, and messages heard by telephone."""
