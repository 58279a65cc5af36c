"""What agents look up and send to customers: articles with versions, found by typing and suggested for a contact."""
