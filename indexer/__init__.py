"""Words, analysis, the lexical and the vector index, encoders, generations on disk."""
