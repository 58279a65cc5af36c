"""B: what a caller is led through. Flow graphs as data, the pure interpreter, prompts and spoken numbers."""
