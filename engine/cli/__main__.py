"""`python -m engine.cli` is `bom`."""

from engine.cli import main

main()
