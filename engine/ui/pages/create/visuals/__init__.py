"""The visuals step: a picture for each scene. Begin with page.py."""
