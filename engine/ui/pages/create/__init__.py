"""The Create wizard: one video, from its script to its films. Begin with wizard.py (what is edited) and steps.py."""
