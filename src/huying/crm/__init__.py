"""F: customers and their appliances."""
