"""T4: sums of table 4."""
