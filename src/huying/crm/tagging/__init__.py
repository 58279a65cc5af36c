"""Tags on customers: those an administrator lists, with a colour, and free ones."""
