"""Reviews: versions that a client sees, what is noted on them, and what is decided.

Core: no HTTP, no vendor, no clock. Called by api.routers.reviews and api.routers.portal.
Law: whoever decides sees the newest version and decides on its bytes; a decision is kept as evidence, also one that was
withdrawn or that a newer version voided.
"""
