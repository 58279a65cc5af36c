"""What customers agreed to, and who is not to be called."""
