"""The business's own fields of customers, companies and assets: their definitions, and the checking of values."""
