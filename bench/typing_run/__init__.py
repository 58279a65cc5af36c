"""What the benches that search by typing have in common: the clock, the comparison with ILIKE, the table, and the figures."""
