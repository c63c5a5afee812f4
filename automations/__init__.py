"""Background work that survives any crash; the one door to the durable engine is automations.jobs."""
