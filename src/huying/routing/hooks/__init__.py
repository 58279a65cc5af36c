"""What no table can say: an expression or an outside service is asked how a contact is to be treated in a queue."""
