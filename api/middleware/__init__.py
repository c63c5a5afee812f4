"""What stands between the wire and the routes, as plain ASGI: one subject a module."""
