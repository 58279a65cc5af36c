"""A queue's requirements as people write them: reading, writing, checking and trying them out."""
