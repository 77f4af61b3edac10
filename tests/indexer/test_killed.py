"""An update killed at any moment: the published generation answers, the next update completes."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from factories import make_document, make_library
from fakes import FakeEncoder

from corpus.library import Library
from indexer.analysis import analyse
from indexer.index import Index
from indexer.update import check, update

TESTS = Path(__file__).resolve().parent.parent
# The victim adds a document, removes another, updates; again and again until it is killed.
VICTIM = """
import sys
sys.path[:0] = sys.argv[2:]
from factories import add, make_document
from fakes import FakeEncoder
from corpus.library import Library
from indexer.update import update
library = Library.open(sys.argv[1])
start = len(library.contents()) * 1000
print("ready", flush=True)
for number in range(start, start + 1000):
    add(library, make_document(f"Việc mới {number}.", number=f"{number}/KH-UBND"))
    update(library, FakeEncoder())
    if number % 3 == 2:
        library.remove(list(library.contents())[-1])
"""


@pytest.mark.slow
def test_killed_at_random_moments(tmp_path: Path) -> None:
    chance = random.Random(20261125)
    kept = make_document("Việc luôn luôn phải tìm thấy.", number="1/KH-UBND")
    with make_library(tmp_path, kept) as library:
        update(library, FakeEncoder())
    debris = 0
    for _ in range(12):
        victim = subprocess.Popen(
            [sys.executable, "-c", VICTIM, str(tmp_path), str(TESTS), str(TESTS.parent)],
            stdout=subprocess.PIPE,
        )
        with victim:
            assert victim.stdout is not None
            assert victim.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0.0, 1.5))
            victim.kill()
        debris += any(path.suffix == ".building" for path in (tmp_path / "index").iterdir())
        with Library.open(tmp_path) as library:
            with Index.open(tmp_path) as index:
                found = index.lexical(analyse("luôn luôn phải tìm thấy"), 1)
                assert list(library.passages(key for key, _ in found))
                assert len(index) == index.lexical_size == index.manifest.passages
            update(library, FakeEncoder())
            assert check(library) == []
            left = [path.name for path in (tmp_path / "index").iterdir()]
            assert not [name for name in left if name.endswith((".building", ".tmp"))]
            assert len(left) <= 4  # two generations, CURRENT, lock
    assert debris, "no update was ever interrupted: the test proves nothing"
