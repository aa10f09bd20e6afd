"""T3: sums and balances of table 3."""
