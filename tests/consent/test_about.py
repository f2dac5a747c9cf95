"""The page that everybody may open who may know of an item."""

import re
from dataclasses import replace
from uuid import uuid4

import pytest
from django.urls import reverse

from network.consent import actions
from network.consent.enums import ContactKind, Exposure, LabelFamily, RecordKind
from network.consent.models import Label
from network.foundations.viewer import EVERYONE, MEMBER
from tests import people
from tests.consent.factories import CANARY, authority, clause, consent, holder, item, with_standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return holder(
        names={"tzo": "Jnaʼetik", "en": "Imagined people"},
        contacts=[(ContactKind.EMAIL, "far@imagined.example"), (ContactKind.RADIO, "Fridays at seven")],
    )


def url(made):
    return reverse("consent:about", args=[made.pk])


def page(client, made):
    response = client.get(url(made))
    assert response.status_code == 200
    return response.content.decode()


def test_it_tells_whose_it_is_and_every_way_to_ask_those_without_a_network_first(client, of):
    html = page(client, item(of))
    assert "Jnaʼetik" in html
    assert "Imagined people" in html
    assert html.index("Fridays at seven") < html.index("far@imagined.example")
    assert "Kept by its holders" in html
    assert CANARY not in html
    assert reverse("consent:ask", args=[of.items.get().pk]) in html
    assert reverse("consent:warn", args=[of.items.get().pk]) in html


def test_each_reader_sees_what_she_may(client, of):
    made = item(of)
    consent(made, of, clause(MEMBER))
    assert CANARY not in page(client, made)
    people.sign_in(client, people.member())
    html = page(client, made)
    assert CANARY in html
    assert "How you may use this" in html
    assert "Shared by its holders" in html


@pytest.mark.parametrize("kind", ["refused", "suspended"])
def test_why_something_is_kept_is_not_told(client, of, kind):
    silent, said = item(of, title="Same"), item(of, title="Same")
    consent(said, of, clause(EVERYONE))
    consent(said, of, kind=RecordKind(kind))
    assert page(client, said).replace(str(said.pk), "") == page(client, silent).replace(str(silent.pk), "")


def bare(response, pk):
    """Without its own address and what differs on every page that holds a form."""
    html = response.content.decode().replace(str(pk), "")
    return re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", html)


def test_withdrawn_looks_like_never_shared(client, of):
    silent, stopped = item(of, title="Same"), item(of, title="Same")
    consent(stopped, of, clause(EVERYONE))
    actions.withdraw(item=stopped, holder=of, by=people.viewer(people.steward()))
    html = page(client, stopped).replace(str(stopped.pk), "")
    assert html == page(client, silent).replace(str(silent.pk), "")


class TestHidden:
    @pytest.fixture
    def hidden(self, of, settings):
        settings.CONSENT_HIDDEN_ITEMS = True
        with_standing(of)
        return item(of, exposure=Exposure.HIDDEN, by=people.viewer(people.holder()))

    @pytest.mark.parametrize("name", ["about", "ask", "warn"])
    @pytest.mark.parametrize("who", [people.stranger, people.member, people.steward, people.administrator])
    def test_it_is_answered_like_one_that_is_not_there(self, client, hidden, who, name):
        people.sign_in(client, who())
        absent = uuid4()
        there, nowhere = (client.get(reverse(f"consent:{name}", args=[pk])) for pk in (hidden.pk, absent))
        assert there.status_code == nowhere.status_code
        assert there.status_code in (302, 404)
        assert bare(there, hidden.pk) == bare(nowhere, absent)

    def test_what_was_made_from_it_is_not_there_either(self, client, hidden):
        made = item(holder("Others"), derived_from=[hidden], by=self.both())
        assert client.get(url(made)).status_code == 404

    def both(self):
        viewer = people.viewer(people.holder())
        return replace(viewer, keys=viewer.keys | {"role:steward"})

    def test_its_holders_see_the_page(self, client, hidden):
        people.sign_in(client, people.holder())
        assert client.get(url(hidden)).status_code == 200


def test_labels_are_named_and_lead_to_the_holders_own_project(client, of):
    made = item(of)
    project = uuid4()
    Label.objects.create(
        item=made, holder=of, family=LabelFamily.TK, code="tka", hub_project=project, applied_by=uuid4()
    )
    html = page(client, made)
    assert "TK Attribution" in html
    assert f"localcontextshub.org/projects/{project}/" in html


def test_a_protocol_is_named_with_its_version(client, of):
    steward = people.viewer(people.steward())
    for title in ("First rules", "Second rules"):
        actions.record_protocol(
            holder=of, title=title, language="tzo", url="https://rules.example/", by=steward
        )
    html = page(client, item(of))
    assert "Second rules" in html
    assert "First rules" not in html
    assert "version 2" in html


def test_a_receipt_holds_what_is_public_and_nothing_else(client, of):
    made = item(of)
    actions.record_consent(
        item=made, authorities=[authority(of)], kind=RecordKind.GIVEN, basis="approval", method="meeting",
        clauses=[clause(MEMBER)], by=people.viewer(people.steward()),
        note=actions.Note(language="tzo", details={"assembly": "zqassembly", "place": "zqplace"}),
        particulars=actions.Particulars(
            permit="ABSCH-IRCC-XX-1", agreement="established",
            visibility={"basis": "public", "permit": "public", "assembly": "public", "offices": "parties"},
        ),
    )  # fmt: skip
    assert "ABSCH" not in page(client, made)  # nothing is shared with a stranger, so there is no receipt
    people.sign_in(client, people.member())
    html = page(client, made)
    assert "Approval and involvement" in html
    assert "ABSCH-IRCC-XX-1" in html
    assert "zqassembly" in html
    for kept in ("zqplace", "Keeper", "Mutually agreed terms are established", "Given at a meeting"):
        assert kept not in html
    people.sign_in(client, with_standing(of))
    assert "Keeper" in page(client, made)


def test_what_it_was_made_from_is_named(client, of):
    source = item(of, title="The older song")
    made = item(of, derived_from=[source])
    html = page(client, made)
    assert "The older song" in html
    assert url(source) in html


def test_its_questions_do_not_grow_with_its_parts(client, of, django_assert_max_num_queries):
    made = item(of, parts={"title": "a", "summary": "b", "body": "c"})
    consent(made, of, clause(EVERYONE))
    with django_assert_max_num_queries(22):
        page(client, made)
