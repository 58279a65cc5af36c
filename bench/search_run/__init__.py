"""The parts of `bench search`: a million customers, what people type, and the search without an index."""
