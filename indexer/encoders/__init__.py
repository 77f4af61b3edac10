"""Encoders: texts to unit vectors. The bundled one loads without torch."""

from indexer.encoders.forms import InputForm
from indexer.encoders.loading import load_encoder
from indexer.encoders.protocol import Encoder

__all__ = ["Encoder", "InputForm", "load_encoder"]
