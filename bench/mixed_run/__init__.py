"""What `bench mixed` consists of: its business, the customers who are called back, and what the journal says afterwards."""
