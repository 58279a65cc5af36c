"""The telephone engine's port on Asterisk 22: the configuration it runs with, and the adapter that drives it over ARI."""
