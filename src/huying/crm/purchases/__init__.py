"""What customers bought: a plain list of orders."""
