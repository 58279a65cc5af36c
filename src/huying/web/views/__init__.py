"""Read-only views that mix wings for one screen."""
