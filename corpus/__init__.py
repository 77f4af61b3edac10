"""Documents in: read, cleaned, understood, kept."""
