"""The library: every film, to find, see, hand out and begin anew from."""
