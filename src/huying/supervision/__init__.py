"""E: live view, recordings."""
