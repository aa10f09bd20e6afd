"""B: the law that is cited."""
