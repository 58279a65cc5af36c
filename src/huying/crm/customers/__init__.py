"""Customers: who they are, the numbers they call from, what to mind about them."""
