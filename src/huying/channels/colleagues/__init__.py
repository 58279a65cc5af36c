"""Messages between colleagues: rooms of two, of a work group, of chosen people; who has what, who has read it."""
