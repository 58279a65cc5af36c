"""A day of a centre in virtual time, through the same router and the same figures."""
