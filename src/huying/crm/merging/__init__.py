"""Likely duplicates of customers, merging them into one, and taking that back."""
