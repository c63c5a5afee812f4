"""Costs: what a month cost and may cost, and every line of it."""
