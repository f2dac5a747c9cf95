"""Who has looked at what others do not see: written down, and read by the person."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from network.accounts import actions
from network.accounts.models import Look, PersonalExport
from network.accounts.personal_data import File, Holding, Seen, personal_data
from network.accounts.tasks import tidy
from network.outbox.actions import work_off
from tests import people

pytestmark = pytest.mark.django_db
PAGE = "/accounts/data/looks/"


def hers(client, person):
    return people.sign_in(client.__class__(), person).get(PAGE).content.decode()


def test_an_administrators_look_is_shown_to_the_person_alone(client):
    member = people.member()
    administrator = people.sign_in(client, people.administrator())
    assert "Nobody has looked" in hers(client, member)
    administrator.get(f"/cms/users/edit/{member.pk}/")
    page = hers(client, member)
    assert "Ines Castillo" in page
    assert "Your account in the administration" in page
    assert "Nobody has looked" in hers(client, people.outsider())
    assert not Look.objects.filter(person=people.administrator()).exists(), "nobody looks at herself"


def test_the_list_of_people_counts_for_each_once_an_hour(client):
    people.member(), people.outsider()
    administrator = people.sign_in(client, people.administrator())
    for _ in range(3):
        administrator.get("/cms/users/")
    assert Look.objects.filter(what="accounts.list").count() == 2
    Look.objects.update(at=timezone.now() - timedelta(hours=2))
    administrator.get("/cms/users/")
    assert Look.objects.count() == 4


def test_each_export_counts_with_its_purpose():
    by = people.viewer(people.secretariat())
    told = {"people": [people.member().pk, people.secretariat().pk], "by": by, "what": "accounts.export"}
    assert actions.looked_at(**told, purpose="A workshop in Quito") == 1
    assert actions.looked_at(**told, purpose="A workshop in Lima") == 1
    assert {look.purpose for look in Look.objects.all()} == {"A workshop in Quito", "A workshop in Lima"}


def test_many_people_cost_a_few_questions(django_assert_max_num_queries):
    crowd = [people.person(f"crowd-{number}").pk for number in range(20)]
    by = people.viewer(people.secretariat())
    with django_assert_max_num_queries(6):
        actions.looked_at(people=crowd, by=by, what="accounts.export")
    assert Look.objects.count() == 20


def test_a_room_that_keeps_looks_by_itself_is_asked(client, monkeypatch):
    seen = Seen(timezone.now(), people.secretariat(), "The directory as a table", "Nominations")
    holding = Holding("Herbarium", lambda user: {}, lambda user, keep: None, looks=lambda user: [seen])
    monkeypatch.setitem(personal_data._entries, "herbarium", holding)
    page = hers(client, people.member())
    assert "The directory as a table" in page
    assert "Nominations" in page


def test_whoever_looked_and_left_is_not_named(client):
    member, moderator = people.member(), people.site_moderator()
    actions.looked_at(people=[member.pk], by=people.viewer(moderator), what="accounts.edit")
    actions.leave(person=moderator, choice="keep")
    assert "Former member" in hers(client, member)
    actions.leave(person=member, choice="keep")
    assert not Look.objects.exists()


def test_looks_are_forgotten_after_two_years():
    actions.looked_at(people=[people.member().pk], by=people.viewer(people.secretariat()), what="x")
    Look.objects.update(at=timezone.now() - timedelta(days=731))
    tidy()
    assert not Look.objects.exists()


def test_pages_and_a_forged_address(client):
    member = people.member()
    by = people.viewer(people.secretariat())
    for number in range(60):
        actions.looked_at(people=[member.pk], by=by, what="accounts.export", purpose=f"Purpose {number}")
    page = hers(client, member)
    assert "Purpose 59" in page
    assert "cursor=" in page
    assert people.sign_in(client, member).get(f"{PAGE}?cursor=forged").status_code == 404


# --- her copy -----------------------------------------------------------------------------------------------


def archive_for(person, **holding):
    with pytest.MonkeyPatch.context() as patch:
        kept = Holding("Herbarium", lambda user: {"Leaf": "x"}, lambda user, keep: None, **holding)
        patch.setitem(personal_data._entries, "herbarium", kept)
        actions.request_export(person=person)
        work_off()
    return zipfile.ZipFile(io.BytesIO(bytes(PersonalExport.objects.get(person=person).archive)))


def test_files_come_along_and_are_led_to():
    files = [File("../../leaf <1>.webp", 4, lambda: b"leaf"), File("gone.pdf", 4, lambda: None)]
    packed = archive_for(people.member(), files=lambda user: files)
    (path,) = [name for name in packed.namelist() if name.startswith("files/")]
    assert ".." not in path
    assert packed.read(path) == b"leaf"
    page = packed.read("rooms/herbarium.html").decode()
    assert f'href="../{path}"' in page
    assert "gone.pdf" in page
    assert 'href="rooms/herbarium.html"' in packed.read("index.html").decode()


def test_what_has_no_room_is_named(monkeypatch):
    monkeypatch.setattr("network.accounts.actions.exports.MAX_FILES", 5)
    files = [File("small", 4, lambda: b"leaf"), File("large", 4, lambda: b"tree")]
    packed = archive_for(people.member(), files=lambda user: files)
    assert len([name for name in packed.namelist() if name.startswith("files/")]) == 1
    assert "large" in packed.read("rooms/herbarium.html").decode()


def test_in_her_language_and_direction():
    packed = archive_for(people.person("qaria", language="ar"))
    assert 'dir="rtl"' in packed.read("index.html").decode()


def test_the_command_writes_it_once_and_she_sees_that(tmp_path):
    member = people.member()
    path = tmp_path / "copy.zip"
    call_command(
        "export_person", member.email.upper(), to=path, purpose="She asked by letter", stdout=io.StringIO()
    )
    assert path.stat().st_mode & 0o777 == 0o600
    assert zipfile.ZipFile(path).testzip() is None
    assert Look.objects.get(person=member).purpose == "She asked by letter"
    with pytest.raises(CommandError, match="there already"):
        call_command("export_person", member.email, to=path)
    with pytest.raises(CommandError, match="Nobody"):
        call_command("export_person", "nobody@x.example", to=tmp_path / "other.zip")
