"""Clients: the companies that videos are made for, their people, their brands, and how they come in from a file."""
