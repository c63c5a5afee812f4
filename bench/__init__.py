"""The targets of the design, measured: `make bench`."""
