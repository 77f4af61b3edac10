from corpus.types import Citation


def find_citations(laid, metadata) -> tuple[Citation, ...]:
    return ()
