"""What a query may mean as well is searched, counts less, and is marked in the text."""

from search_api.types import Filters, Query, Reading


def ids(response):
    return [hit.stored.passage.id for hit in response.hits]


def test_a_reading_finds_what_the_words_do_not(engine):
    words = engine.search(Query(typed="bàn ghế", text="bàn ghế"))
    both = engine.search(Query(typed="bàn ghế", text="bàn ghế", readings=(Reading("tủ sách lớp học", 0.7),)))
    alone = engine.search(Query(typed="tủ sách lớp học", text="tủ sách lớp học"))
    assert ids(both)[0] == ids(alone)[0] != ids(words)[0]
    hit = both.hits[0]
    assert 0 < hit.parts["words"] <= 0.7 < alone.hits[0].parts["words"]
    assert "tủ sách lớp học" in [hit.stored.passage.text[start:end] for start, end in hit.highlights]


def test_a_reading_never_lowers_a_score(engine):
    text = "Sở Giáo dục và Đào tạo bồi dưỡng cán bộ thư viện"
    plain = engine.score(Query(typed=text, text=text))
    read = engine.score(Query(typed=text, text=text, readings=(Reading("thư viện", 0.5),)))
    for part in ("words", "bigrams", "folded", "held_words", "held_bigrams", "headings"):
        for key, score in plain.parts[part].items():
            assert read.parts[part][key] >= score


def test_filters_hold_for_readings_too(engine):
    filters = Filters(kinds=("Chương trình",))
    found = engine.search(Query("zzz", "zzz", filters=filters, readings=(Reading("tủ sách lớp học", 0.7),)))
    assert found.hits
    assert {hit.document.metadata.kind for hit in found.hits} == {"Chương trình"}
