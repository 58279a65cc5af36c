"""The life of one call, pure: what happened comes in, what is to be done goes out. `machine.Call` is the one door."""
