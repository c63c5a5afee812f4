"""The studio's HTTP api."""
