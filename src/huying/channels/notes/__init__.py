"""What agents write down about a contact, each under his own name, and ready-made texts for it."""
