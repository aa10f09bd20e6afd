"""The buses: kafka in production, local in one process; same handlers, same tables."""
