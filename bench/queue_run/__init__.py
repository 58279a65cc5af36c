"""The parts of `./huying bench queue`: the parties at both ends, the two sides that are compared, and the figures."""
