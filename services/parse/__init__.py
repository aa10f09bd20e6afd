"""Parse: reads a published document into a structured report."""
