"""Readers: one file a format; each turns bytes into the one document model."""
