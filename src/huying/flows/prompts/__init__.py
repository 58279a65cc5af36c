"""What customers hear: the prompt catalogue, its words, and the sounds rendered from it."""
