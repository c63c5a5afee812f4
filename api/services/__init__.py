"""Use cases that need more than core: uploads, signed addresses, sign-in."""
