"""C: what stands in a single cell."""
