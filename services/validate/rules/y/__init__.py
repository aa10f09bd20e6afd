"""Y: which year the report says it is on, and for which period its figures are."""
