"""Notify: writes to the responsible agency what has to be corrected."""
