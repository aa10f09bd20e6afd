"""P: personal data."""
