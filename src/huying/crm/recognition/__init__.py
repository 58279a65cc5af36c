"""Who has a telephone number: customers, companies, and what to mind about them."""
