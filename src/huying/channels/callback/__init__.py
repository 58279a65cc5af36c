"""Callbacks that keep the place in the queue: what is agreed, which numbers may be called, the list of those that wait."""
