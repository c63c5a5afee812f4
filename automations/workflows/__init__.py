"""Durable work of many steps, a module a feature. Every line of a workflow is a step that may run twice."""
