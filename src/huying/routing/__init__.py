"""C: who takes which work. The pure router, queues, offers, presence of agents, and their administration."""
