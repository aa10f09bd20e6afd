"""L: text that does not belong to the report."""
