"""F: edition, presence and shape of the official tables."""
