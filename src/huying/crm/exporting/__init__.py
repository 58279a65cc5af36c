"""Customers as files: the chosen ones as a workbook or CSV, in a stream."""
