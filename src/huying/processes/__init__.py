"""The processes of a house: the supervisor, its children, their ports and folders, and the edge before them."""
