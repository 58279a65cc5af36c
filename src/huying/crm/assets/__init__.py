"""What customers own: appliances with model, serial number, purchase date and warranty."""
