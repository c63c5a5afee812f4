"""Pieces that two pages or more use."""
