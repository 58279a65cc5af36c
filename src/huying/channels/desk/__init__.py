"""The agent's desk: signing in to work, commands on the contact at hand, and how it is closed."""
