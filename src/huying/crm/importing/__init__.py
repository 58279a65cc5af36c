"""Customers out of files: a table is read, its columns are understood, and a job writes its rows. Exports are a room of their own."""
