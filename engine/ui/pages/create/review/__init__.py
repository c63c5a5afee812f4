"""The Review step: what a client makes of a version. Begin with step.py."""
