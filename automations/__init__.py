"""Durable background work. Empty until the backbone lands; the import rules already hold for it."""
