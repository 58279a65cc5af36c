"""Between the calls and the engine: an agent's telephone may be several devices, a number outside, or a line that stays up."""
