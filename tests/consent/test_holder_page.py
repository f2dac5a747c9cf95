"""The page of holders, from outside: names, ways to ask, who belongs and decides, their protocol."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from network.consent import actions
from network.consent.enums import Circle, ContactKind, Exposure
from network.consent.models import Authority, CommunityProtocol, Holder, Standing
from tests import people
from tests.consent.factories import CANARY, authority, holder, item, with_standing

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
def cousin(of):
    """Belongs to the holders and does not decide."""
    return with_standing(of, people.expert())


def address(name, *args):
    return reverse(f"consent:{name}", args=args)


def pairs(field, rows):
    """What a browser sends for a field of two boxes a row."""
    return {f"{field}_{number}": value for number, value in enumerate(box for row in rows for box in row)}


def described(of, *, names=(), contacts=(("radio", "Fridays at seven"),), **fields):
    return (
        {
            "own_name": "Bats’i viniketik",
            "own_language": "Tzotzil",
            "attribution": "The people of the reef",
            "withheld_words": "Come and ask.",
            "quorum": "1",
            "seen": actions.holder_mark(of),
        }
        | pairs("other_names", names)
        | pairs("contacts", contacts)
        | fields
    )


def words(page):
    return page.content.decode()


class TestDescribing:
    def edit(self, client, of, **fields):
        return client.post(address("edit_holder", of.pk), described(of, **fields))

    @pytest.mark.parametrize("by_steward", [True, False])
    def test_names_in_their_languages_and_ways_to_ask_in_order(self, client, of, speaker, by_steward):
        people.sign_in(client, people.steward() if by_steward else speaker)
        contacts = [("radio", "Fridays at seven"), ("person", "Ask Mele")]
        answer = self.edit(client, of, names=[("fr", "Peuple du récif"), ("es", "")], contacts=contacts)
        assert answer["Location"] == of.get_absolute_url()
        of.refresh_from_db()
        assert of.names == {"tzo": "Bats’i viniketik", "fr": "Peuple du récif"}
        assert of.own_name == "Bats’i viniketik"
        assert of.contacts == [
            {"kind": "radio", "value": "Fridays at seven"}, {"kind": "person", "value": "Ask Mele"},
        ]  # fmt: skip
        page = words(client.get(of.get_absolute_url()))
        assert 'lang="tzo">Bats’i viniketik' in page
        assert 'lang="fr">Peuple du récif' in page
        assert "By radio: Fridays at seven" in page

    def test_the_form_begins_with_what_stands(self, client, of, speaker):
        people.sign_in(client, speaker)
        page = words(client.get(address("edit_holder", of.pk)))
        assert f'value="{of.own_name}"' in page
        assert 'value="Council house, telephone 555 0100"' in page

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"own_name": ""}, "own_name"),
            ({"own_language": "zzq"}, "own_language"),
            ({"contacts": [("radio", "")]}, "contacts"),
            ({"contacts": [("pigeon", "Tuesdays")]}, "contacts"),
            ({"names": [("", "Somebody")]}, "other_names"),
            ({"names": [("zzq", "Somebody")]}, "other_names"),
            ({"quorum": "0"}, "quorum"),
            ({"quorum": ""}, "quorum"),
            ({"withheld_words": "x" * 301}, "withheld_words"),
        ],
    )
    def test_bad_input_keeps_all_that_was_typed(self, client, of, speaker, wrong, field):
        people.sign_in(client, speaker)
        answer = self.edit(client, of, **{"attribution": "Typed with care"} | wrong)
        assert answer.status_code == 422
        assert field in answer.context["form"].errors
        assert 'value="Typed with care"' in words(answer)
        assert Holder.objects.get(pk=of.pk).names == of.names

    def test_two_at_once_do_not_undo_each_other_unseen(self, client, of, speaker):
        people.sign_in(client, speaker)
        sent = described(of, attribution="Mine")
        actions.describe_holder(
            holder=of, names={"en": "Named meanwhile"}, contacts=[(ContactKind.OFFICE, "Elsewhere")],
            attribution="", withheld_words="", quorum=1, by=people.viewer(people.steward()),
        )  # fmt: skip
        answer = client.post(address("edit_holder", of.pk), sent)
        assert answer.status_code == 422
        page = words(answer)
        assert "Named meanwhile" in page
        assert 'value="Mine"' in page
        of.refresh_from_db()
        assert of.own_name == "Named meanwhile"
        mark = answer.context["form"]["seen"].value()
        assert client.post(address("edit_holder", of.pk), sent | {"seen": mark}).status_code == 302
        of.refresh_from_db()
        assert (of.own_name, of.attribution) == ("Bats’i viniketik", "Mine")

    def test_only_those_who_decide_and_stewards(self, client, of, cousin):
        for who, status in ((cousin, 403), (people.member(), 404), (people.editor(), 404)):
            people.sign_in(client, who)
            assert client.get(address("edit_holder", of.pk)).status_code == status
            assert self.edit(client, of).status_code == status
        people.sign_in(client, cousin)
        assert address("edit_holder", of.pk) not in words(client.get(of.get_absolute_url()))

    def test_that_more_must_agree_they_say_themselves_and_fewer_a_steward(self, client, of, speaker):
        people.sign_in(client, speaker)
        self.edit(client, of, quorum="2")
        of.refresh_from_db()
        assert of.quorum == 2
        answer = self.edit(client, of, quorum="1")
        assert answer.status_code == 422
        assert "quorum" in answer.context["form"].errors
        people.sign_in(client, people.steward())
        assert self.edit(client, of, quorum="1").status_code == 302

    def test_a_steward_founds_holders_with_a_name_of_their_own(self, client):
        people.sign_in(client, people.steward())
        sent = described(Holder(), names=[("en", "People of the bats")], kind="clan")
        assert client.post(address("create_holder"), sent).status_code == 302
        made = Holder.objects.latest("pk")
        assert (made.kind, made.own_language, made.own_name) == ("clan", "tzo", "Bats’i viniketik")


class TestCircles:
    def of_cousin(self, of, cousin):
        return Standing.objects.in_force().get(holder=of, user=cousin)

    def test_who_decides_says_who_is_in_one(self, client, of, speaker, cousin):
        people.sign_in(client, speaker)
        before = self.of_cousin(of, cousin)
        page = address("circles", of.pk, before.pk)
        assert client.get(page).status_code == 200
        client.post(page, {"circles": ["women", "initiated"]})
        assert self.of_cousin(of, cousin).circles == ["initiated", "women"]
        before.refresh_from_db()
        assert before.until
        assert f"holder:{of.pk}:women" in people.viewer(cousin).keys
        assert "Initiated" in words(client.get(of.get_absolute_url()))

    def test_nobody_else_sees_or_says_it(self, client, of, speaker, cousin):
        actions.set_circles(
            standing=self.of_cousin(of, cousin), circles=[Circle.INITIATED], by=people.viewer(speaker)
        )
        page = address("circles", of.pk, self.of_cousin(of, cousin).pk)
        for who in (people.steward(), cousin):
            people.sign_in(client, who)
            assert "Initiated" not in words(client.get(of.get_absolute_url()))
            assert client.get(page).status_code == 403
            assert client.post(page, {"circles": []}).status_code == 403
        assert self.of_cousin(of, cousin).circles == ["initiated"]

    def test_bad_input(self, client, of, speaker, cousin):
        people.sign_in(client, speaker)
        page = address("circles", of.pk, self.of_cousin(of, cousin).pk)
        assert client.post(page, {"circles": ["moon"]}).status_code == 422


class TestEnding:
    def test_she_belongs_no_longer(self, client, of, speaker, cousin):
        kept = item(of)
        standing = Standing.objects.in_force().get(holder=of, user=cousin)
        end = address("end_standing", of.pk, standing.pk)
        people.sign_in(client, speaker)
        assert client.get(end).status_code == 200
        assert client.post(end)["Location"] == of.get_absolute_url()
        people.sign_in(client, cousin)
        assert client.get(kept.get_absolute_url()).status_code == 404

    def test_her_own_end_leads_out_of_the_workspace(self, client, of, speaker):
        standing = Standing.objects.in_force().get(holder=of, user=speaker)
        people.sign_in(client, speaker)
        answer = client.post(address("end_standing", of.pk, standing.pk))
        assert client.get(answer["Location"], follow=True).status_code == 200

    def test_who_decides_is_ended_by_a_steward_alone(self, client, of, speaker, cousin):
        deciding = Authority.objects.get(holder=of, user=speaker)
        end = address("end_authority", of.pk, deciding.pk)
        for who in (speaker, cousin):
            people.sign_in(client, who)
            assert client.post(end).status_code == 403
        people.sign_in(client, people.steward())
        assert client.get(end).status_code == 200
        assert client.post(end).status_code == 302
        assert not Authority.objects.in_force().exists()
        assert client.post(end).status_code == 404

    def test_who_only_belongs_ends_nobody(self, client, of, speaker, cousin):
        standing = Standing.objects.in_force().get(holder=of, user=speaker)
        people.sign_in(client, cousin)
        assert client.post(address("end_standing", of.pk, standing.pk)).status_code == 403
        with pytest.raises(PermissionDenied):
            actions.end_attestation(attestation=standing, by=people.viewer(cousin))

    def test_somebody_of_other_holders_is_not_there(self, client, of, speaker):
        others = holder("Others")
        with_standing(others, people.expert())
        theirs = Standing.objects.get(holder=others)
        people.sign_in(client, speaker)
        assert client.post(address("end_standing", of.pk, theirs.pk)).status_code == 404


class TestProtocols:
    def write(self, client, of, **fields):
        typed = {"title": "Our rules", "language": "en", "ceiling": "known"}
        return client.post(address("protocol", of.pk), typed | fields)

    def test_each_version_stays_and_the_newest_counts(self, client, of, speaker):
        people.sign_in(client, speaker)
        assert self.write(client, of, adopted_on="2024-05-01")["Location"] == of.get_absolute_url()
        self.write(client, of, title="Our rules, revised", ceiling="shared", absch_id="ABSCH-CPK-XX-000001")
        assert list(of.protocols.values_list("version", "title")) == [
            (2, "Our rules, revised"), (1, "Our rules"),
        ]  # fmt: skip
        page = words(client.get(of.get_absolute_url()))
        assert "Version 2" in page
        assert "Version 1" in page
        assert page.count("Counts now") == 1

    def test_new_items_stay_below_its_ceiling(self, client, of, speaker):
        people.sign_in(client, speaker)
        self.write(client, of, ceiling="known")
        new = {"title": "Of the reef", "holders": [of.pk], "language": "en", "body": CANARY, "rule": "all"}
        answer = client.post(address("create"), new | {"exposure": "open"})
        assert answer.status_code == 422
        assert "Our rules" in str(answer.context["form"].errors["exposure"])
        assert client.post(address("create"), new | {"exposure": "known"}).status_code == 302

    def test_its_text_is_sealed_like_any_other(self, client, of, speaker):
        text = item(of, title="Text of our rules", exposure=Exposure.KNOWN)
        theirs = item(holder("Others"), title="Of others")
        people.sign_in(client, speaker)
        page = words(client.get(address("protocol", of.pk)))
        assert "Text of our rules" in page
        assert "Of others" not in page
        assert self.write(client, of, text=str(theirs.pk)).status_code == 422
        assert self.write(client, of, text=str(text.pk)).status_code == 302
        assert CommunityProtocol.objects.get().text == text

    @pytest.mark.parametrize(
        "wrong",
        [{"title": ""}, {"language": "zzq"}, {"ceiling": "sky"}, {"url": "javascript:x"},
         {"adopted_on": "soon"}, {"text": "x"}],
    )  # fmt: skip
    def test_bad_input_keeps_what_was_typed(self, client, of, speaker, wrong):
        people.sign_in(client, speaker)
        answer = self.write(client, of, **{"absch_id": "Typed with care"} | wrong)
        assert answer.status_code == 422
        assert "Typed with care" in words(answer)
        assert not CommunityProtocol.objects.exists()

    def test_who_only_belongs_writes_none(self, client, of, cousin):
        people.sign_in(client, cousin)
        assert client.get(address("protocol", of.pk)).status_code == 403
        assert self.write(client, of).status_code == 403
