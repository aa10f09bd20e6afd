"""I: whose report it is, and whether it says so in one way."""
