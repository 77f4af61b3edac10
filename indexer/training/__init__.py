"""Training of the bundled encoder: plain files in, a sentence-transformers model directory out.

`python -m indexer.training --help` starts it; docs/encoder.md tells what was tried and measured.
"""
