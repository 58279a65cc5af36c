"""H: the journal folded into live views, history and figures."""
