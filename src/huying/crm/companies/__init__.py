"""Companies that customers belong to, with numbers and addresses of their own."""
