"""Where agents are rung, and what goes on by itself in their work: devices, lines that stay up, automatic answer, limits of time."""
