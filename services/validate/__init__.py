"""Validate: judges a structured report by the rule book."""
