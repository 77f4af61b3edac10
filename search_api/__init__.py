"""A query understood, candidates found and fused; the HTTP API and the command line over it."""
