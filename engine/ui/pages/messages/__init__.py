"""Messages with a client: their thread stands in the page of that client."""
