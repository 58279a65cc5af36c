"""Calls that people of the house begin: which numbers there are, who may dial what and when, and how a business dials."""
