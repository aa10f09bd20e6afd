"""Rules that hold a report against the agency's report on the year before."""
