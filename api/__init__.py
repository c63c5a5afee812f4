"""The studio's HTTP api. Empty until the backbone lands; the import rules already hold for it."""
