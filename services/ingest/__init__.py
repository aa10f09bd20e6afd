"""Ingest: takes published documents in and emits raw-report events."""
