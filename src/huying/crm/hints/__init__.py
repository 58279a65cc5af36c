"""What to mind before one answers: warnings of a customer, hints for a number."""
