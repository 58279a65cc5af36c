"""What a piece of work asks for before the router sees it: class, rules for callers, past, hook. Pure."""
