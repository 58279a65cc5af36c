"""Standard recordings: what an agent may have played to the customer while doing something else."""
