"""The Export step: finished films, in each format that is wanted. Begin with step.py."""
