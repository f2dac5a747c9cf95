"""Bringing in a list on its pages, and what those who stand in it can do."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from network.accounts import actions as accounts
from network.accounts.models import ListRefusal, ListShape, ListSuggestion, PeopleList, User
from network.accounts.tasks import tidy as tidy_accounts
from network.experts.models import ExpertProfile
from network.experts.tasks import tidy_lists as tidy
from network.outbox import actions as outbox
from tests import people
from tests.experts.factories import published

pytestmark = pytest.mark.django_db
HOME = "/experts/lists/"
LIST = (
    "Who,Contact mail,Country,Institution\n"
    "Ada Abara,ada@x.example,Kenya,Herbarium\n"
    "Bo Bo,bo@x.example,Atlantis,\n"
)


def work_off() -> None:
    """The worker, until nothing is left: what it does has consequences of its own."""
    for _ in range(10):
        outbox.work_off()


@pytest.fixture
def office(client):
    return people.sign_in(client, people.secretariat())


def upload(client, content=LIST, name="Roster 2026", file_name="roster.csv"):
    raw = content if isinstance(content, bytes) else content.encode()
    return client.post(HOME, {"name": name, "file": SimpleUploadedFile(file_name, raw)})


def tell(client, pk, *fields, **more):
    chosen = {f"column-{number}": field for number, field in enumerate(fields)}
    version = PeopleList.objects.get(pk=pk).version
    return client.post(f"{HOME}{pk}/", {"version": version, **chosen, **more})


def bring_in(client, content=LIST, **more):
    pk = int(re.search(r"(\d+)/$", upload(client, content).url).group(1))
    tell(client, pk, "name", "email", "country", "affiliation", **more)
    client.post(f"{HOME}{pk}/start/", {"version": PeopleList.objects.get(pk=pk).version})
    work_off()
    return PeopleList.objects.get(pk=pk)


@pytest.mark.parametrize(
    "handle", ["member", "expert", "editor", "steward", "site_moderator", "moderator", "nominator"]
)
def test_nobody_else_brings_in_lists(client, office, handle):
    pk = int(re.search(r"(\d+)/$", upload(office).url).group(1))
    other = people.sign_in(client.__class__(), getattr(people, handle)())
    assert other.get(HOME).status_code == other.get(f"{HOME}{pk}/").status_code == 403
    assert upload(other).status_code == 403
    assert other.post(f"{HOME}{pk}/start/").status_code == 403
    assert other.post(f"{HOME}{pk}/forget/").status_code == 403
    assert other.get(f"{HOME}{pk}/to-mend.csv").status_code == 403
    assert client.__class__().get(HOME).status_code == 302


def test_from_a_file_to_people(office):
    page = office.get(upload(office).url)
    assert page.status_code == 200
    words = page.content.decode()
    assert "Contact mail" in words
    assert "Atlantis" in words, "the first rows are shown"
    pk = PeopleList.objects.get().pk

    refused = tell(office, pk, "name", "", "country", "affiliation")
    assert refused.status_code == 422
    assert "the e-mail address" in refused.content.decode()
    assert not User.objects.filter(email="ada@x.example").exists()

    office.post(f"{HOME}{pk}/start/", {"version": PeopleList.objects.get().version})
    assert PeopleList.objects.get().state == "uploaded", "it is tried before it starts"

    assert tell(office, pk, "name", "email", "country", "affiliation").status_code == 302
    tried = office.get(f"{HOME}{pk}/").content.decode()
    assert "What would happen" in tried
    assert "Atlantis” is no country" in tried
    assert not User.objects.filter(email="ada@x.example").exists(), "a trial writes nothing"

    office.post(f"{HOME}{pk}/start/", {"version": PeopleList.objects.get().version})
    assert "0 of 2 rows" in office.get(f"{HOME}{pk}/").content.decode()
    work_off()
    roster = PeopleList.objects.get()
    assert (roster.state, roster.counts) == ("done", {"ADDED": 1, "REJECTED": 1})
    assert roster.content is None, "the list itself is not kept"
    assert ExpertProfile.objects.get(user__email="ada@x.example").affiliation == "Herbarium"
    report = office.get(f"{HOME}{pk}/").content.decode()
    assert "to-mend.csv" in report
    assert mail.outbox == [], "nobody is written to unless one says so"

    mend = office.get(f"{HOME}{pk}/to-mend.csv")
    content = mend.content.decode("utf-8-sig")
    assert content.splitlines()[0] == "Who,Contact mail,Country,Institution,Why it was not taken"
    again = bring_in(office, content.replace("Atlantis", "Fiji", 1))
    assert again.counts == {"ADDED": 1, "REJECTED": 0}


def test_the_same_list_twice_changes_nothing(office):
    bring_in(office)
    profile = ExpertProfile.objects.get(user__email="ada@x.example")
    assert bring_in(office).counts == {"UNCHANGED": 1, "REJECTED": 1}
    assert ExpertProfile.objects.get(pk=profile.pk).updated_at == profile.updated_at


def test_columns_are_remembered_for_the_next_list_of_the_same_shape(office):
    bring_in(office)
    assert ListShape.objects.count() == 1
    page = office.get(upload(office, LIST.replace("Ada Abara", "Cy Cy")).url)
    chosen = [field.initial for field in page.context["form"].fields.values() if hasattr(field, "choices")]
    assert chosen == ["name", "email", "country", "affiliation"]


def test_many_rows_come_in_pieces_and_each_once(office, monkeypatch):
    from network.experts.actions import intake

    monkeypatch.setattr(intake, "SLICE", 3)
    rows = "".join(f"Person {number},p{number}@x.example,Kenya,\n" for number in range(10))
    roster = bring_in(office, LIST.splitlines()[0] + "\n" + rows + rows[:40].split("\n")[0] + "\n")
    assert (roster.done, roster.total) == (11, 11)
    assert roster.counts == {"ADDED": 10, "REJECTED": 1}
    assert "line 2" in roster.reasons[0][1]


def test_a_role_that_is_taken_meanwhile_stops_it(office):
    pk = int(re.search(r"(\d+)/$", upload(office).url).group(1))
    tell(office, pk, "name", "email", "country", "affiliation")
    office.post(f"{HOME}{pk}/start/", {"version": PeopleList.objects.get().version})
    people.secretariat().groups.clear()
    work_off()
    assert PeopleList.objects.get().state == "failed"
    assert not User.objects.filter(email="ada@x.example").exists()


def test_two_who_tell_the_columns_see_each_other(office):
    pk = int(re.search(r"(\d+)/$", upload(office).url).group(1))
    tell(office, pk, "name", "email", "country", "affiliation")
    late = office.post(f"{HOME}{pk}/", {"version": 1, "column-0": "name", "column-1": "email"})
    assert late.status_code == 422
    assert "Somebody else" in late.content.decode()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"just words", "no table"),
        (b"Name,E-mail\n", "nobody below"),
        (b"PK\x03\x04nonsense", "damaged"),
        (b"x" * 10_000_001, "10 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_beside_its_field(office, content, sentence):
    refused = upload(office, content, name="My list")
    assert refused.status_code == 422
    assert sentence in str(refused.context["form"].errors["file"])
    assert "My list" in refused.content.decode(), "what was typed stays"
    assert not PeopleList.objects.exists()


@pytest.mark.parametrize("fields", [("shoe", "email"), ("name", "email\x00")])
def test_forged_choices_are_refused(office, fields):
    upload(office)
    pk = PeopleList.objects.get().pk
    assert tell(office, pk, *fields).status_code == 422
    assert office.post(f"{HOME}{pk}/start/", {"version": "x"}).status_code == 302
    assert PeopleList.objects.get().state == "uploaded"


def test_markup_in_a_list_is_text(office):
    page = office.get(upload(office, "Name,E-mail\n<script>alert(1)</script>,a@x.example\n").url)
    assert "<script>alert" not in page.content.decode()


def test_lists_go_by_the_clock(office):
    upload(office)
    done = bring_in(office)
    PeopleList.objects.filter(state="uploaded").update(uploaded_at=timezone.now() - timedelta(days=8))
    PeopleList.objects.filter(pk=done.pk).update(finished_at=timezone.now() - timedelta(days=31))
    tidy()
    (kept,) = PeopleList.objects.all()
    assert (kept.pk, kept.rejected, kept.counts["ADDED"]) == (done.pk, None, 1)


# --- those who stand in it ----------------------------------------------------------------------------------


def letter_to(address):
    (found,) = [message for message in mail.outbox if message.to == [address]]
    return found


def link_in(letter):
    return re.search(r"http://testserver(/\S*from-a-list/\S+)", letter.body).group(1)


def test_one_mail_asks_and_no_second_one_follows(office, client):
    bring_in(office, invite="on")
    letter = letter_to("ada@x.example")
    assert "Roster 2026" in letter.body
    bring_in(office, LIST.replace("Herbarium", "Museum"), invite="on")
    assert len([message for message in mail.outbox if message.to == ["ada@x.example"]]) == 1
    page = client.__class__().get(link_in(letter))
    assert page.status_code == 200
    assert "Museum" in page.content.decode()
    assert User.objects.filter(email="ada@x.example").exists(), "opening the page does nothing"


def test_refusing_erases_at_once_and_for_good(office, client):
    bring_in(office, invite="on")
    link = link_in(letter_to("ada@x.example"))
    sent = len(mail.outbox)
    stranger = client.__class__()
    assert "It is erased" in stranger.post(link).content.decode()
    assert not User.objects.filter(email="ada@x.example").exists()
    assert not ExpertProfile.objects.filter(affiliation="Herbarium").exists()
    assert len(mail.outbox) == sent, "no mail follows"
    assert stranger.get(link).status_code == stranger.post(link).status_code == 404
    assert "ada@x.example" not in str(ListRefusal.objects.values())
    assert bring_in(office, invite="on").counts == {"REFUSED": 1, "REJECTED": 1}
    assert not User.objects.filter(email="ada@x.example").exists()


def test_whoever_has_claimed_her_account_is_not_erased_by_a_link(office, client):
    bring_in(office, invite="on")
    link = link_in(letter_to("ada@x.example"))
    User.objects.filter(email="ada@x.example").update(last_login=timezone.now())
    page = client.__class__().post(link)
    assert "in use already" in page.content.decode()
    assert User.objects.filter(email="ada@x.example").exists()


@pytest.mark.parametrize("token", ["x", "forged:token:1", "é" * 300])
def test_a_forged_link_is_nothing(client, token):
    assert client.get(f"/experts/from-a-list/{token}/").status_code == 404


def test_suggestions_are_taken_one_by_one_and_not_asked_again(office, client):
    kept = published(people.expert(), affiliation="My own words", designation="Botanist")
    row = "Who,Mail,Where,What\nAmina Wanjiru,expert@cast.example,Theirs,Chief\n"

    def again():
        pk = int(re.search(r"(\d+)/$", upload(office, row).url).group(1))
        tell(office, pk, "name", "email", "affiliation", "designation")
        office.post(f"{HOME}{pk}/start/", {"version": PeopleList.objects.get(pk=pk).version})
        work_off()
        return PeopleList.objects.get(pk=pk)

    assert again().counts == {"CLAIMED": 1, "REJECTED": 0}
    hers = people.sign_in(client.__class__(), people.expert())
    assert "says otherwise" in hers.get("/experts/me/").content.decode()
    page = hers.get("/experts/me/suggestions/")
    assert "Chief" in page.content.decode()
    seen = page.context["form"].initial["seen"]
    assert hers.post("/experts/me/suggestions/", {"seen": seen, "take": ["shoe"]}).status_code == 422
    hers.post("/experts/me/suggestions/", {"seen": "long ago", "take": ["designation"]})
    kept.refresh_from_db()
    assert kept.designation == "Botanist", "a newer list has to be read first"
    hers.post("/experts/me/suggestions/", {"seen": seen, "take": ["designation"]})
    kept.refresh_from_db()
    assert (kept.affiliation, kept.designation) == ("My own words", "Chief")
    again()
    assert ListSuggestion.objects.get().values == {}
    assert "says otherwise" not in hers.get("/experts/me/").content.decode()
    other = people.sign_in(client.__class__(), people.member())
    assert "No list says otherwise" in other.get("/experts/me/suggestions/").content.decode()


def test_what_a_list_told_is_in_her_copy_and_goes_with_her(office):
    bring_in(office, invite="on")
    person = User.objects.get(email="ada@x.example")
    from network.accounts.actions.leaving import export_account

    assert "Roster 2026" in str(export_account(person))
    accounts.leave(person=person, choice="erase")
    assert not PeopleList.objects.filter(name="Ada").exists()
    tidy_accounts()
