"""The workspace, from outside: who enters, what she sees, what she can do there."""

import pytest
from django.urls import reverse

from network.consent import actions
from network.consent.egress import bind_for
from network.consent.enums import PartName, RecordKind
from network.consent.models import ConsentRecord, Holder, ItemKey, KnowledgeItem, Part, Release, Standing
from network.foundations.viewer import EVERYONE
from tests import people
from tests.consent.factories import CANARY, authority, clause, consent, holder, item, with_standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return holder()


@pytest.fixture
def speaker(of):
    user = with_standing(of)
    authority(of, user)
    return user


@pytest.fixture
def kept(of, speaker):
    return item(of)


def as_(client, who):
    return people.sign_in(client, who)


PAGES = ["consent:index", "consent:create", "consent:holders"]
OUTSIDERS = [people.member, people.editor, people.secretariat, people.site_moderator, people.administrator]


@pytest.mark.parametrize("who", OUTSIDERS)
def test_for_everybody_else_there_is_no_such_place(client, kept, who):
    as_(client, who())
    urls = [reverse(name) for name in PAGES] + [
        reverse("consent:item", args=[kept.pk]),
        reverse("consent:seal", args=[kept.pk]),
        reverse("consent:answer", args=[kept.pk, "public"]),
        reverse("consent:stop", args=[kept.pk, kept.holders.get().pk]),
        reverse("consent:erase", args=[kept.pk]),
    ]
    assert {client.get(url).status_code for url in urls} == {404}
    assert {client.post(url).status_code for url in urls} <= {404, 405}


def test_a_stranger_is_asked_to_sign_in(client, kept):
    assert client.get(reverse("consent:index")).status_code == 302


def test_holders_of_something_else_do_not_see_it(client, kept):
    as_(client, with_standing(holder("Others"), people.expert()))
    assert client.get(reverse("consent:item", args=[kept.pk])).status_code == 404
    assert kept.title not in client.get(reverse("consent:index")).content.decode()


def test_the_holders_read_their_own_and_the_steward_does_not(client, kept, speaker):
    as_(client, speaker)
    assert CANARY in client.get(kept.get_absolute_url()).content.decode()
    as_(client, people.steward())
    page = client.get(kept.get_absolute_url())
    assert page.status_code == 200
    assert CANARY not in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_a_steward_who_belongs_to_the_holders_reads(client, kept, of):
    with_standing(of, people.steward())
    as_(client, people.steward())
    assert CANARY in client.get(kept.get_absolute_url()).content.decode()


def new_item(of, **fields):
    return {
        "title": "Ways of the river",
        "holders": [of.pk],
        "exposure": "open",
        "rule": "all",
        "language": "en",
        "body": f"text {CANARY}",
    } | fields


class TestSealing:
    def test_a_steward_seals(self, client, of):
        as_(client, people.steward())
        response = client.post(reverse("consent:create"), new_item(of))
        made = KnowledgeItem.objects.get(title="Ways of the river")
        assert response["Location"] == made.get_absolute_url()
        part = Part.objects.get(item=made)
        assert CANARY.encode() not in bytes(part.ciphertext)
        assert ItemKey.objects.filter(pk=made.pk).exists()

    def test_sent_twice_it_is_made_once(self, client, of):
        as_(client, people.steward())
        for _turn in range(2):
            client.post(reverse("consent:create"), new_item(of, submission_key="one"))
        assert KnowledgeItem.objects.filter(title="Ways of the river").count() == 1

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"title": ""}, "title"),
            ({"title": "x" * 151}, "title"),
            ({"title": "[[tk:anything"}, "title"),
            ({"holders": []}, "holders"),
            ({"holders": [999999]}, "holders"),
            ({"exposure": "everywhere"}, "exposure"),
            ({"exposure": "reference"}, "exposure"),
            ({"language": "zzq"}, "language"),
            ({"archive_url": "javascript:alert(1)"}, "archive_url"),
            ({"body": "[[tk:00000000-0000-4000-8000-000000000000:body]]"}, "body"),
        ],
    )
    def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(self, client, of, wrong, field):
        as_(client, people.steward())
        response = client.post(reverse("consent:create"), new_item(of, summary="typed with care", **wrong))
        assert response.status_code == 422
        assert response.context["form"].errors[field]
        assert "typed with care" in response.content.decode()
        assert not KnowledgeItem.objects.exists()
        assert not ItemKey.objects.exists()

    def test_one_of_two_holders_cannot_seal_alone(self, client, of, speaker):
        other = holder("Others")
        as_(client, speaker)
        assert (
            client.post(reverse("consent:create"), new_item(of, holders=[of.pk, other.pk])).status_code == 422
        )

    def test_a_text_is_replaced(self, client, kept, speaker):
        as_(client, speaker)
        client.post(
            reverse("consent:seal", args=[kept.pk]), {"name": "body", "language": "en", "text": "newer"}
        )
        page = client.get(kept.get_absolute_url()).content.decode()
        assert "newer" in page
        assert CANARY not in page
        assert kept.parts.count() == 1


def answered(made, **fields):
    return {
        "authorities": [made.holders.get().authority_set.order_by("id").first().pk],
        "basis": "fpic",
        "method": "meeting",
        "exits": ["page"],
        "note": "we sat under the tree",
        "note_language": "en",
        "understood": "on",
    } | fields


class TestAnswering:
    def url(self, made, answer="public"):
        return reverse("consent:answer", args=[made.pk, answer])

    def test_what_cannot_be_undone_is_said_first(self, client, kept, speaker):
        as_(client, speaker)
        page = client.get(self.url(kept)).content.decode()
        assert page.index("What cannot be undone") < page.index('<form class="form')

    @pytest.mark.parametrize("who", ["steward", "speaker"])
    def test_consent_is_recorded_with_its_details(self, client, kept, speaker, who):
        as_(client, speaker if who == "speaker" else people.steward())
        response = client.post(
            self.url(kept), answered(kept, starts="2026-01-01", ends="2099-12-31", months=["1", "7"])
        )
        assert response.status_code == 302, response.context["form"].errors
        record = ConsentRecord.objects.get(item=kept)
        scope = record.scopes.get()
        assert (record.kind, record.basis, record.preset, scope.audience) == (
            "given",
            "fpic",
            "public",
            "everyone",
        )
        assert (scope.exits, scope.months) == (["page"], [1, 7])
        assert scope.ends.year in (2099, 2100)

    def test_only_the_holders_read_how_it_came_about(self, client, kept, speaker):
        as_(client, people.steward())
        client.post(self.url(kept), answered(kept))
        assert "under the tree" not in client.get(kept.get_absolute_url()).content.decode()
        as_(client, speaker)
        assert "under the tree" in client.get(kept.get_absolute_url()).content.decode()
        note = Part.objects.get(name="note1")
        client.post(reverse("consent:erase_note", args=[kept.pk, note.pk]))
        assert not Part.objects.filter(pk=note.pk).exists()
        kept.refresh_from_db()
        assert actions.first_break(kept) is None

    def test_a_steward_cannot_erase_a_note(self, client, kept):
        as_(client, people.steward())
        client.post(self.url(kept), answered(kept))
        note = Part.objects.get(name="note1")
        assert client.post(reverse("consent:erase_note", args=[kept.pk, note.pk])).status_code == 403

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"exits": []}, "exits"),
            ({"exits": ["workspace"]}, "exits"),
            ({"exits": ["nowhere"]}, "exits"),
            ({"languages": ["tlh"]}, "languages"),
            ({"starts": "2030-01-02", "ends": "2030-01-01"}, "ends"),
            ({"starts": "soon"}, "starts"),
            ({"months": ["13"]}, "months"),
            ({"basis": ""}, "basis"),
            ({"authorities": []}, "authorities"),
            ({"understood": ""}, "understood"),
            ({"note": "x" * 50_001}, "note"),
        ],
    )
    def test_an_incomplete_consent_is_refused_with_the_reason(self, client, kept, wrong, field):
        as_(client, people.steward())
        response = client.post(self.url(kept), answered(kept, **wrong))
        assert response.status_code == 422
        assert response.context["form"].errors[field]
        assert not ConsentRecord.objects.exists()

    def test_everything_that_a_record_can_say_is_kept(self, client, kept, of, speaker):
        steward = people.viewer(people.steward())
        protocol = actions.record_protocol(holder=of, title="Our rules", language="tzo", by=steward)
        as_(client, speaker)
        response = client.post(
            self.url(kept),
            answered(
                kept,
                detail_assembly="zqassembly",
                detail_explained="zqexplained",
                read_assembly="public",
                read_basis="public",
                read_permit="parties",
                valid_from="2026-01-01",
                valid_until="2099-12-31",
                protocol=protocol.pk,
                permit="ABSCH-IRCC-XX-1",
                agreement="established",
                onward="on",
                attribution="Sung by the Lagoon people",
                duty_attribution="on",
                duty_benefit="on",
                duty_benefit_due="2090-01-01",
                duty_benefit_words="zqbenefit",
                duty_benefit_suspends="on",
            ),
        )
        assert response.status_code == 302, response.context["form"].errors
        record = ConsentRecord.objects.get(item=kept)
        assert (record.protocol, record.permit, record.agreement) == (
            protocol, "ABSCH-IRCC-XX-1", "established",
        )  # fmt: skip
        assert record.visibility == {"assembly": "public", "basis": "public", "permit": "parties"}
        assert record.valid_until.year == 2100 or record.valid_until.month == 12
        assert record.scopes.get().onward
        assert [(d.kind, d.suspends) for d in record.duties.order_by("number")] == [
            ("attribution", False),
            ("benefit", True),
        ]
        assert kept.holdings.get().attribution == "Sung by the Lagoon people"
        html = bind_for(people.viewer(people.member()), f"<p>{kept.token('body')}</p>", exit="page")
        assert "Sung by the Lagoon people" in html
        assert "Share a benefit" in html
        page = client.get(kept.get_absolute_url()).content.decode()
        assert "zqassembly" in page
        assert "zqexplained" in page

    def test_what_was_typed_in_a_fold_is_not_lost_and_the_fold_opens(self, client, kept, speaker):
        as_(client, speaker)
        response = client.post(
            self.url(kept), answered(kept, detail_place="typed with care", permit="x" * 81, note="n")
        )
        assert response.status_code == 422
        html = response.content.decode()
        assert "typed with care" in html
        assert '<details class="fold" open>' in html

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"valid_from": "2030-01-02", "valid_until": "2030-01-01"}, "valid_until"),
            ({"valid_until": "soon"}, "valid_until"),
            ({"note_language": "zzq"}, "note_language"),
            ({"protocol": "999999"}, "protocol"),
            ({"permit": "x" * 81}, "permit"),
            ({"agreement": "perhaps"}, "agreement"),
            ({"read_basis": "everybody"}, "read_basis"),
            ({"detail_evidence": "x" * 50_001}, "detail_evidence"),
            ({"duty_benefit": "on", "duty_benefit_suspends": "on"}, "duty_benefit_due"),
            ({"duty_report_words": "a book"}, "duty_report"),
            ({"authorities": ["999999"]}, "authorities"),
        ],
    )
    def test_more_that_is_refused_with_the_reason(self, client, kept, wrong, field):
        as_(client, people.steward())
        response = client.post(self.url(kept), answered(kept, **wrong))
        assert response.status_code == 422
        assert response.context["form"].errors[field]
        assert not ConsentRecord.objects.exists()

    def test_an_authority_whose_time_is_over_is_refused(self, client, kept, of):
        keeper = of.authority_set.get()
        actions.end_attestation(attestation=keeper, by=people.viewer(people.steward()))
        authority(of, people.expert())
        as_(client, people.steward())
        response = client.post(self.url(kept), answered(kept, authorities=[keeper.pk]))
        assert response.status_code == 422
        assert response.context["form"].errors["authorities"]

    def test_a_language_in_which_it_is_sealed_can_be_chosen(self, client, of, speaker):
        made = item(of, language="tzo")
        as_(client, speaker)
        assert client.post(self.url(made), answered(made, languages=["tzo"])).status_code == 302
        assert ConsentRecord.objects.get().scopes.get().languages == ["tzo"]

    def test_whoever_only_belongs_cannot_widen(self, client, kept, of):
        as_(client, with_standing(of, people.expert()))
        assert client.post(self.url(kept), answered(kept)).status_code == 422
        assert not ConsentRecord.objects.exists()

    def test_a_preset_beyond_the_ceiling_is_not_there(self, client, of, speaker):
        as_(client, speaker)
        assert client.get(self.url(item(of, exposure="known"))).status_code == 404
        assert client.get(self.url(item(of, exposure="known"), "anything")).status_code == 404

    def test_a_community_is_chosen_among_those_that_are_offered(self, client, kept, speaker):
        from network.consent.audiences import audiences

        as_(client, speaker)
        url = self.url(kept, "community")
        assert client.post(url, answered(kept, audience="community:1")).status_code == 422
        audiences._entries["test"] = lambda viewer: [("community:7", "Reef keepers")]
        try:
            assert "Reef keepers" in client.get(url).content.decode()
            assert client.post(url, answered(kept, audience="community:7")).status_code == 302
        finally:
            del audiences._entries["test"]
        assert ConsentRecord.objects.get().scopes.get().audience == "community:7"

    @pytest.mark.parametrize("kind", ["refused", "suspended"])
    def test_a_no_is_recorded(self, client, kept, of, speaker, kind):
        consent(kept, of, clause(EVERYONE))
        as_(client, speaker)
        assert client.post(self.url(kept, kind), answered(kept)).status_code == 302
        assert kept.records.last().kind == kind


class TestStopping:
    def test_in_one_press(self, client, kept, of, speaker):
        consent(kept, of, clause(EVERYONE))
        as_(client, speaker)
        response = client.post(reverse("consent:stop", args=[kept.pk, of.pk]), follow=True)
        assert "Withdrawn" in response.content.decode()
        assert CANARY in response.content.decode()  # what is theirs they read themselves, as before
        assert CANARY not in bind_for(people.viewer(speaker), str(kept.token("body")), exit="page")
        assert kept.records.get(number=2).kind == RecordKind.WITHDRAWN

    def test_anybody_of_the_holders_may(self, client, kept, of):
        as_(client, with_standing(of, people.expert()))
        assert client.post(reverse("consent:stop", args=[kept.pk, of.pk])).status_code == 302

    def test_without_scripts_a_page_asks_once(self, client, kept, of, speaker):
        as_(client, speaker)
        assert "Stop sharing" in client.get(reverse("consent:stop", args=[kept.pk, of.pk])).content.decode()

    def test_one_who_decides_can_erase_for_good(self, client, kept, of, speaker):
        consent(kept, of, clause(EVERYONE))
        as_(client, speaker)
        erase = reverse("consent:erase", args=[kept.pk])
        assert client.post(erase).status_code == 422  # stop first
        client.post(reverse("consent:stop", args=[kept.pk, of.pk]))
        assert client.post(erase).status_code == 302
        assert not bytes(ItemKey.objects.get(pk=kept.pk).wrapped)
        assert client.get(kept.get_absolute_url()).status_code == 200

    def test_a_steward_never_erases(self, client, kept, of):
        as_(client, people.steward())
        client.post(reverse("consent:stop", args=[kept.pk, of.pk]))
        assert client.post(reverse("consent:erase", args=[kept.pk])).status_code == 403


def test_holders_see_who_has_seen_it(client, kept, of, speaker):
    consent(kept, of, clause(EVERYONE))
    as_(client, speaker)
    page = client.get(kept.get_absolute_url()).content.decode()
    assert "Who has seen this" in page
    assert "Nobody has seen it." in page
    assert "The holders’ workspace" in client.get(kept.get_absolute_url()).content.decode()
    assert Release.objects.filter(exit="workspace", actor=speaker.actor_id).count() == 2


class TestHolders:
    def test_a_steward_adds_a_holder_and_its_people(self, client):
        as_(client, people.steward())
        client.post(
            reverse("consent:create_holder"),
            {
                "kind": "clan",
                "own_name": "Imagined clan",
                "own_language": "tzo",
                "quorum": "1",
                "contacts_0": "letter",
                "contacts_1": "House of the clan, Lanu",
            },
        )
        made = Holder.objects.get(kind="clan")
        assert made.names == {"tzo": "Imagined clan"}
        assert made.contacts == [{"kind": "letter", "value": "House of the clan, Lanu"}]
        url = reverse("consent:holder", args=[made.pk])
        assert client.post(url, {"email": "nobody@cast.example"}).status_code == 422
        assert client.post(url, {"email": people.expert().email, "office": "Elder"}).status_code == 302
        page = client.get(url).content.decode()
        assert "Elder" in page
        assert Standing.objects.get(holder=made).user == people.expert()

    def test_people_of_a_holder_add_their_own_but_name_no_one_who_decides(self, client, of, speaker):
        as_(client, speaker)
        url = reverse("consent:holder", args=[of.pk])
        assert client.post(url, {"email": people.expert().email}).status_code == 302
        assert client.post(url, {"email": people.expert().email, "office": "Elder"}).status_code == 403
        assert client.get(reverse("consent:create_holder")).status_code == 403


def test_lists_ask_the_same_at_one_and_at_thirty(client, of, speaker, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    as_(client, speaker)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("consent:index")).status_code == 200
        return len(captured)

    item(of, parts={PartName.BODY: ""})
    few = queries()
    for number in range(19):
        made = item(of, title=f"Item {number}", parts={})
        consent(made, of, clause(EVERYONE))
    assert queries() <= few + 1  # the scopes of the first record
