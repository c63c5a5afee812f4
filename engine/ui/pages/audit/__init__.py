"""The record of who did what, as a section of Settings for owners."""
