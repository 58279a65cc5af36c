"""How long somebody will still wait: an honest estimate from what is seen. Pure."""
