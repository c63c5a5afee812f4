"""HTTP only, a module a feature: parse, authorise, call, answer."""
