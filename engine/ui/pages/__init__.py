"""One module or package for each page."""
