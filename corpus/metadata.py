from corpus.types import Metadata


def read_metadata(laid) -> Metadata:
    return Metadata()
