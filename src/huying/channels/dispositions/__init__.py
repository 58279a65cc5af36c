"""How contacts are closed: the tree of dispositions, and what each queue asks of those who close its contacts."""
