"""The agency directory: imported by an operator, looked up by all services."""
