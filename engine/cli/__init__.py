"""`bom`: the command line, and the one room that may know every other."""
