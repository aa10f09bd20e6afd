"""T2: figures of table 2 against each other."""
