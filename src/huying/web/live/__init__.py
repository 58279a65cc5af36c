"""The live feed: tables that browsers watch as a snapshot and numbered changes, and the sockets that carry them."""
