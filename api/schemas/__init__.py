"""What crosses the wire, a module a feature; imports nothing else of ours, so that the engine app can use it too."""
