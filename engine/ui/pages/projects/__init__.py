"""Projects: on a board, in a list, and each on a page of its own."""
