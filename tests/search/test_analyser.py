"""One analyser for six languages: what is taken to be the same word."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from network.search import analyser
from network.search.query import MAX_LENGTH, MAX_WORDS, parse


def finds(query: str, text: str, language: str = "") -> bool:
    held = set(analyser.index_text(text, language).split())
    parsed = parse(query)
    return bool(parsed) and all(held & group for group in parsed.groups)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("Elodie", "Élodie Ouédraogo"),
        ("ÉLODIE", "elodie"),
        ("wetlands", "A wetland in the delta"),
        ("restoring", "restoration restores what was restored, restoring"),
        ("forêts", "la forêt sèche"),
        ("forets", "les forêts sèches"),
        ("restauraciones", "restauración de ecosistemas"),
        ("restauracion", "Restauración"),
        ("экосистемы", "восстановление экосистем"),
        ("ученый", "учёный"),
        ("الاحياء", "الأحياء المائية"),
        ("إدارة", "ادارة المياه"),
        ("المياه", "الْمِيَاهُ"),
        ("بيئه", "بيئة"),
        ("水资源", "水资源管理专家"),
        ("水", "水资源管理专家"),
        ("管理专家", "水资源管理专家"),
        ("２０３０", "Target 2030"),
        ("٢٠٣٠", "2030"),
        ("straße", "STRASSE"),
        ("Łódź", "Lodz"),
        ("東京", "東京大学の研究者"),
        ("GBIF 数据", "GBIF数据共享"),
    ],
)
def test_the_same_word_is_found(query: str, text: str) -> None:
    assert finds(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("wetland", "A forest in the delta"),
        ("水源", "水资源管理专家"),
        ("wetland forest", "A wetland in the delta"),
        ("secret", "[[tk:0b1c5a3e-1111-4222-8333-444455556666:secret]]"),
        ("tk", "[[tk:0b1c5a3e-1111-4222-8333-444455556666:secret]]"),
    ],
)
def test_another_word_is_not(query: str, text: str) -> None:
    assert not finds(query, text)


def test_empty_words_do_not_shut_a_text_out() -> None:
    assert finds("the restoration of wetlands", "Wetland restoration")
    assert finds("إلى المياه", "المياه")


def test_only_empty_words_are_searched_as_they_stand() -> None:
    assert finds("the", "the delta")
    assert not finds("the", "a delta")


@pytest.mark.parametrize("text", ["", "   ", "?!…", "\x00", "—", "***", "[[tk:x:y]]"])
def test_punctuation_alone_is_no_query(text: str) -> None:
    assert not parse(text)


def test_a_long_query_is_cut_and_says_so() -> None:
    assert parse(" ".join(f"word{number}" for number in range(40))).shortened
    assert len(parse(" ".join(f"word{number}" for number in range(40))).groups) == MAX_WORDS
    assert parse("x" * 5000).shortened
    assert len(parse("x" * 5000).text) == MAX_LENGTH


def test_stored_tokens_stay_under_what_the_databases_take() -> None:
    stored = analyser.index_text(" ".join(f"w{number}x{number:09}" for number in range(60_000)))
    assert len(stored.encode()) <= analyser.MAX_BYTES
    assert all(stored.split(" "))


def test_a_languages_own_stems_are_used_where_it_is_known() -> None:
    assert analyser.word_tokens("generaciones", "en") < analyser.word_tokens("generaciones")


@given(st.text(max_size=60))
@example("İ")
@example("ẛ̣")
@example("ﷺ")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert analyser.fold(analyser.fold(text)) == analyser.fold(text)


@given(st.text(max_size=60))
def test_tokens_are_clean_for_both_databases(text: str) -> None:
    for token in analyser.index_text(text).split(" "):
        assert not set(token) & set("'\"\\ \x00*()[]:|&!")


@given(st.text(max_size=40), st.sampled_from(["", "ar", "en", "es", "fr", "ru", "zh-hans"]))
def test_every_text_is_found_by_its_own_words(text: str, language: str) -> None:
    if parse(text) and not parse(text).shortened:
        assert finds(text, text, language)
