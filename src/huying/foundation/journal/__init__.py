"""The journal: every change of a contact, an agent or an administrator's act, append-only, numbered per stream."""
