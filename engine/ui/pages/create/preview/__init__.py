"""The Preview step: the film as it would be now, and what is chosen for the whole of it. Begin with step.py."""
