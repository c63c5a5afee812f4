"""A client's brand: how its videos look and sound, seen on a real frame while it is chosen."""
