"""Typing by keys is never seen where there is none: English, acronyms, a library's own words.

The English words (`foreign_in_tests.txt`) were written down for this test, not taken from
`foreign_words.txt`: the words of everyday English that look most like Telex, what stands in office papers.
"""

from pathlib import Path

import pytest
from known_words import knowledge_of

from corpus.ingest import read_document
from corpus.sample import sample_files
from corpus.text import SYLLABLE, fold, nfc
from indexer.language import load_model
from search_api.query import Draft, Knowledge, telex
from search_api.query.language import Language

PHRASES = [
    "best practices for new staff",
    "the law of the sea",
    "how to write a test",
    "moon boss loss",
    "free wifi zone",
    "our food our test",
    "new tax law",
    "room six",
    "windows server 2019",
    "office 365",
    "h2o co2",
    "mp3 mp4",
    "covid19",
    "a1 b2 c3",
    "quý 1, quy1",
    "cấp 1, cap1",
    "world bank loans",
]
LISTED = (Path(__file__).parent / "foreign_in_tests.txt").read_text("utf-8").split("# acronyms")
ENGLISH, ACRONYMS = (part.split() for part in LISTED)


@pytest.fixture(scope="module")
def without_library():
    return Knowledge(language=Language.of(load_model(), lambda _field, _token: 0))


def changed(text, knowledge):
    rest = telex.step(Draft(text), knowledge).rest
    return rest if rest != text else None


def test_there_are_enough_words():
    assert len(set(ENGLISH)) >= 800


@pytest.mark.parametrize("frame", ["{}", "ứng dụng {} trong quản lý", "ung dung {} trong quan ly"])
def test_english_words_stay(frame, without_library):
    found = {word: new for word in ENGLISH if (new := changed(frame.format(word), without_library))}
    assert found == {}


def test_english_words_beside_each_other_stay(without_library):
    pairs = [f"{one} {other}" for one, other in zip(ENGLISH, ENGLISH[7:], strict=False)]
    assert {pair: new for pair in pairs if (new := changed(pair, without_library))} == {}


@pytest.mark.parametrize("phrase", PHRASES)
def test_phrases_stay(phrase, without_library):
    assert changed(phrase, without_library) is None


@pytest.mark.parametrize("form", [str, str.lower, str.capitalize])
def test_acronyms_stay(form, without_library):
    found = {form(one): new for one in ACRONYMS if (new := changed(form(one), without_library))}
    assert found == {}


@pytest.fixture(scope="module")
def sample_text():
    documents = [read_document(path) for path in sample_files()]
    return ". ".join(nfc(document.text).replace("\n", ". ") for document in documents)


def test_no_word_of_the_sample_library_is_taken_for_keys(sample_text, without_library):
    """Nor would it be if the library did not hold it: its acronyms, numbers, foreign words."""
    words = sorted({word for token in SYLLABLE.findall(sample_text) for word in (token, token.lower())})
    assert len(words) > 2_000
    found = {word: new for word in words if (new := changed(word, without_library))}
    assert found == {}


def test_no_sentence_of_the_sample_library_is_taken_for_keys(sample_text, without_library):
    sentences = sorted({" ".join(line.split()) for line in sample_text.split(". ") if line.strip()})
    assert len(sentences) > 900
    plain = [fold(sentence) for sentence in sentences]
    found = {text: new for text in (*sentences, *plain) if (new := changed(text, without_library))}
    assert found == {}


def test_keys_are_seen_where_they_are(without_library):
    assert changed("nhieemj vuj", without_library) == "nhiệm vụ"
    assert changed("gia1o du5c", knowledge_of()) == "giáo dục"
