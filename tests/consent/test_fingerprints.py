"""Words that were copied are found, whatever surrounds them; other words are not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from network.consent import actions
from network.consent.actions import copying
from network.consent.fingerprints import GRAM, GUARANTEED, MOST_MARKS, marks, normalised
from network.consent.models import Fingerprint
from network.foundations.viewer import anonymous
from tests import people
from tests.consent.factories import authority, holder, item, with_standing

#: Letters of several scripts, each the same after folding.
letters = st.sampled_from("abcdeghklmorstuz0123456789абвгджиабتثجحخد湿地鸟类知识の鳥हिन्")
anything = st.text(max_size=120)


@settings(max_examples=60, deadline=None)
@given(
    st.text(letters, min_size=GUARANTEED, max_size=150).filter(lambda t: len(normalised(t)) >= GUARANTEED),
    *[anything] * 4,
)
def test_a_passage_of_the_guaranteed_length_is_found(passage, before, after, left, right):
    kept, typed = marks(f"{before} {passage} {after}"), marks(f"{left} {passage} {right}")
    assert set(kept) & set(typed)


@settings(max_examples=60, deadline=None)
@given(st.text(letters, max_size=GRAM - 1), anything)
def test_a_short_text_has_no_marks_and_is_never_found(short, other):
    assert marks(short) == [] or len(normalised(short)) >= GRAM
    assert not set(marks("q" * 90)) & set(marks(f"w{short}w{'x' * 90}"))


def test_case_spaces_signs_and_widths_change_nothing():
    words = "When the noddies come home before noon and fly low over the lagoon, canoes go up the beach."
    typed = (
        "“WHEN the noddies\ncome home — before noon and fly low, over the lagoon; canoes go up the beach!”"
    )
    assert set(marks(words)) & set(marks(typed))
    assert set(marks(words)) & set(
        marks("".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in words))
    )


@pytest.mark.parametrize(
    "words",
    [
        "当燕鸥在中午之前飞回家并低低地掠过潟湖的时候塔瓦莱人就会把他们的独木舟拉到第二排棕榈树的上面去"
        "他们说两天以后风就会转向而礁石上的鱼会在月亮升起之前游到外海去谁也不许在那里撒网直到树枝落下",
        "عندما تعود طيور الخرشنة إلى البيت قبل الظهر وتطير منخفضة فوق البحيرة يرفع الناس قواربهم"
        "فوق الصف الثاني من النخيل",
    ],
)
def test_other_scripts(words):
    half = len(words) // 3
    assert set(marks(words)) & set(marks(f"x {words[half // 2 :]} y"))


def test_a_set_phrase_is_no_copy():
    phrase = "Indigenous peoples and local communities"
    assert not set(marks(f"{phrase} keep this reef as their elders did before them and always will")) & set(
        marks(f"We write about {phrase} in every second sentence of this newsletter, as everybody does here")
    )


def test_marks_are_bounded_and_fit_the_database():
    found = marks("".join(f"{n} " for n in range(60_000)))
    assert len(found) == MOST_MARKS
    assert all(-(2**63) <= mark < 2**63 for mark in found)


def test_without_the_secret_they_say_nothing(settings):
    words = "a" * 20 + "the reef sleeps while the noddies fly" * 3
    before = marks(words)
    settings.KEY_ENCRYPTION_KEY = "another secret of this installation"
    assert not set(before) & set(marks(words))


LONG = (
    "The branch with the white cloth stands on the edge of the reef until it has fallen by itself, she says."
)


@pytest.mark.django_db
class TestKept:
    def test_they_come_with_a_text_change_with_it_and_go_with_its_key(self):
        of = holder()
        speaker = authority(of).user
        made = item(of, text=LONG)
        assert Fingerprint.objects.filter(item=made, part="body", language="en").count() == len(marks(LONG))
        steward = people.viewer(people.steward())
        other = LONG[::-1]
        actions.seal_part(item=made, name="body", language="en", text=other, by=steward)
        assert set(Fingerprint.objects.values_list("digest", flat=True)) == set(marks(other))
        actions.withdraw(item=made, holder=of, by=steward)
        assert Fingerprint.objects.exists()
        with_standing(of, speaker)
        actions.destroy_key(item=made, by=people.viewer(speaker))
        assert not Fingerprint.objects.exists()

    def test_what_is_said_about_an_item_has_none(self):
        made = item(holder(), text="short")
        actions.sealing.seal_note(item=made, name="note1", language="en", text=LONG, readers=["user:1"])
        assert not Fingerprint.objects.exists()

    def test_a_copy_is_found_with_one_question(self, django_assert_num_queries):
        made = item(holder(), text=LONG)
        item(
            holder("Others"),
            text="Something else about something else, at some length, to be longer than it is.",
        )
        with django_assert_num_queries(1):
            [match] = copying.find(f"I heard this: {LONG[10:]} " + "padding " * 2000, anonymous())
        assert match.item == made.pk
        assert match.part == "body"
        with django_assert_num_queries(0):
            assert copying.find("nothing long", anonymous()) == []

    def test_a_hidden_item_is_not_told_of_to_others(self, settings):
        settings.CONSENT_HIDDEN_ITEMS = True
        of = holder()
        own = with_standing(of)
        item(of, text=LONG, exposure="hidden", by=people.viewer(own))
        assert copying.find(LONG, anonymous()) == []
        assert copying.find(LONG, people.viewer(people.steward())) == []
        assert copying.find(LONG, people.viewer(own))
