"""I: businesses, people, roles, sessions, permissions, settings, audit, health."""
