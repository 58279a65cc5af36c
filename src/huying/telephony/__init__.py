"""The telephone engine behind one port: Asterisk for calls, the simulator for virtual time."""
