"""The versions of the business's settings: every change with its before and after, and undoing it."""
