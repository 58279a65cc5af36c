"""Folds of the journal: the same pure code makes the live view and the history."""
