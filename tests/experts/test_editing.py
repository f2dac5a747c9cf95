"""Making and keeping one's own profile in a browser without JavaScript."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from network.accounts.models import User
from network.experts import actions, photos
from network.experts.enums import Field, State, Visibility
from network.experts.models import ExpertProfile
from tests import people
from tests.experts.factories import full_values, published, term, write_profile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path) -> None:
    settings.VAR_DIR = tmp_path


@pytest.fixture
def member(client: Client) -> Client:
    """A browser in which a person without a profile is signed in."""
    return people.sign_in(client, people.member())


def form_of(client: Client, section: str) -> dict:
    """What the browser would send if the person pressed *Save* at once."""
    form = client.get(f"/experts/me/{section}/").context["form"]
    sent = {}
    for field in form:
        value = field.value()
        if value not in (None, "") and field.name != "photo":
            sent[field.html_name] = field.field.prepare_value(value)
    return sent


def save(client: Client, section: str, **changes):
    return client.post(f"/experts/me/{section}/", form_of(client, section) | changes)


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480), **options) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, "teal").save(file, kind, **options)
    return file.getvalue()


def upload(content: bytes, name: str = "me.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=kind)


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    for address in ("/experts/me/", "/experts/me/about/", "/experts/me/as/stranger/"):
        assert client.get(address).status_code == 302
    for address in ("/experts/me/publish/", "/experts/me/hide/", "/experts/me/about/"):
        assert client.post(address).status_code == 302
    assert not ExpertProfile.objects.exists()


def test_from_nothing_to_being_found(member: Client) -> None:
    """The whole way of a new person: see, write, look with other eyes, publish, be found, hide."""
    assert "Make your profile" in member.get("/experts/me/").content.decode()
    assert not ExpertProfile.objects.exists(), "looking writes nothing"
    fiji = term("country", "FJ")
    saved = save(member, "about", name="Chen Wei 陈伟", affiliation="Reef school", country=fiji)
    assert saved.url == "/experts/me/#about"
    save(member, "expertise", subjects=[term("subject", "islands")], tags="corals, atolls", see_subjects=3)
    save(member, "story", biography="I dive.\n\nAnd I teach.", orcid="https://orcid.org/0000-0002-1825-0097")
    profile = ExpertProfile.objects.get()
    assert profile.state == State.DRAFT
    assert profile.biography == "<p>I dive.</p><p>And I teach.</p>"
    assert profile.orcid == "0000-0002-1825-0097"
    assert User.objects.get(pk=profile.user_id).name == "Chen Wei 陈伟"
    other = Client()
    assert "Chen Wei" not in other.get("/experts/").content.decode()
    stranger_sees = member.get("/experts/me/as/stranger/").content.decode()
    assert "Islands" in stranger_sees
    assert "I dive" not in stranger_sees
    assert "I dive" in member.get("/experts/me/as/member/").content.decode()
    answer = member.post("/experts/me/publish/", follow=True)
    assert (
        answer.redirect_chain[-1][0] == "/experts/chen-wei-陈伟/"
        or "chen-wei" in answer.redirect_chain[-1][0]
    )
    assert "Chen Wei" in other.get("/experts/?q=reef").content.decode()
    member.post("/experts/me/hide/")
    assert "Chen Wei" not in other.get("/experts/").content.decode()
    assert "Nobody finds it" in member.get("/experts/me/").content.decode()
    member.post("/experts/me/publish/")
    assert "Chen Wei" in other.get("/experts/").content.decode()


def test_a_profile_without_a_name_is_not_published(client: Client) -> None:
    nameless = User.objects.create_user("nameless@x.example")
    client.force_login(nameless)
    answer = client.post("/experts/me/publish/", follow=True)
    assert "Write your name first" in answer.content.decode()
    assert not ExpertProfile.objects.filter(state=State.PUBLISHED).exists()


@pytest.mark.parametrize(
    ("section", "field", "typed", "sentence"),
    [
        ("about", "name", "x" * 151, "150"),
        ("about", "name", "", "required"),
        ("about", "name", "123 !!!", "letters"),
        ("about", "designation", "x" * 151, "150"),
        ("about", "country", "999999", "valid choice"),
        ("about", "see_country", "7", "valid choice"),
        ("about", "see_name", "0", "valid choice"),
        ("expertise", "tags", "x" * 60, "too long"),
        ("expertise", "tags", ",".join(f"word{number}" for number in range(20)), "At most 15"),
        ("expertise", "tags", "!!!", "no letters"),
        ("expertise", "subjects", "999999", "valid choice"),
        ("expertise", "subjects", "x'\x00", "valid choice"),
        ("story", "biography", "<p>Hello</p><script>alert(1)</script>", "cannot hold scripts"),
        ("story", "biography", "word " * 6000, "too long"),
        ("story", "website", "javascript:alert(1)", "valid URL"),
        ("story", "website", "ftp://files.example/", "https://"),
        ("story", "orcid", "0000-0002-1825-0098", "no ORCID"),
        ("story", "orcid", "orcid", "no ORCID"),
    ],
)
def test_bad_input_is_shown_again_with_the_reason(
    member: Client, section: str, field: str, typed: str, sentence: str
) -> None:
    kept_field = {"about": "affiliation", "expertise": "tags", "story": "website"}[section]
    kept = "kept.example"
    changes = {kept_field: kept} | {field: typed}
    answer = save(member, section, **changes)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert sentence in " ".join(form.errors[field])
    assert form[field].value() in (typed, [typed])
    if field != kept_field:
        assert form[kept_field].value() == kept
    page = answer.content.decode()
    assert 'role="alert"' in page
    assert not ExpertProfile.objects.exists()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.jpg"),
        (b"MZ\x90\x00" + b"\x00" * 2000, "program.jpg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "drawing.jpg"),
        (b"GIF89a" + b"\x00" * 20, "broken.gif"),
        (b"\xff\xd8\xff" + b"\x00" * (50 * 1024 * 1024), "huge.jpg"),
    ],
)
def test_what_is_no_photo_is_refused_beside_the_field(member: Client, content: bytes, name: str) -> None:
    answer = save(member, "photo", photo=upload(content, name), see_photo=1)
    assert answer.status_code == 422
    errors = " ".join(answer.context["form"].errors["photo"])
    assert "Choose a photo again." in errors
    assert len(errors) > len("Choose a photo again.")
    assert str(answer.context["form"]["see_photo"].value()) == "1"
    assert not ExpertProfile.objects.exists()


def test_a_photo_is_made_anew_and_shown_to_whom_it_may(client: Client) -> None:
    profile = published(people.expert(), seen_by=int(Visibility.MEMBERS), **full_values())
    own = people.sign_in(client, people.expert())
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    answer = save(own, "photo", photo=upload(picture(exif=exif)), see_photo=int(Visibility.MEMBERS))
    assert answer.status_code == 302
    profile.refresh_from_db()
    for size in photos.SIZES:
        address = f"/experts/photos/{profile.photo_key}/{size}.webp"
        shown = own.get(address)
        assert shown["Content-Type"] == "image/webp"
        assert shown["Cache-Control"] == "private, no-store"
        assert b"SecretCamera" not in shown.content
        assert Image.open(BytesIO(shown.content)).size == (size, size)
        assert Client().get(address).status_code == 404, "members only"
    assert own.get(f"/experts/photos/{profile.photo_key}/97.webp").status_code == 404
    assert profile.photo_key not in Client().get(profile.get_absolute_url()).content.decode()
    write_profile(people.expert(), seen_by={"photo": int(Visibility.EVERYONE)})
    public = Client().get(f"/experts/photos/{profile.photo_key}/96.webp")
    assert public.status_code == 200
    assert public["Cache-Control"].startswith("public")
    actions.hide(viewer=people.viewer(people.expert()))
    assert Client().get(f"/experts/photos/{profile.photo_key}/96.webp").status_code == 404


def test_a_new_photo_gets_a_new_address_and_the_old_one_is_gone(member: Client) -> None:
    save(member, "photo", photo=upload(picture()))
    former = ExpertProfile.objects.get().photo_key
    save(member, "photo", photo=upload(picture("PNG"), "me.png", "image/png"))
    present = ExpertProfile.objects.get().photo_key
    assert former != present
    assert member.get(f"/experts/photos/{former}/96.webp").status_code == 404
    save(member, "photo", remove="on")
    assert ExpertProfile.objects.get().photo_key == ""
    assert member.get(f"/experts/photos/{present}/96.webp").status_code == 404


def test_saving_without_choosing_a_file_keeps_the_photo(member: Client) -> None:
    save(member, "photo", photo=upload(picture()))
    former = ExpertProfile.objects.get().photo_key
    assert save(member, "photo", see_photo=int(Visibility.EVERYONE)).status_code == 302
    assert ExpertProfile.objects.get().photo_key == former


def test_a_stale_edit_shows_both_texts_and_loses_neither(member: Client) -> None:
    save(member, "about", affiliation="First")
    in_other_tab = form_of(member, "about")
    save(member, "about", affiliation="Second")
    answer = member.post("/experts/me/about/", in_other_tab | {"affiliation": "Third"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Second" in page
    assert "Third" in page
    assert "somewhere else in the meantime" in page
    assert ExpertProfile.objects.get().affiliation == "Second"
    shown = {field.html_name: field.value() for field in answer.context["form"]}
    again = {name: value for name, value in shown.items() if value not in (None, "")}
    assert member.post("/experts/me/about/", again).status_code == 302
    assert ExpertProfile.objects.get().affiliation == "Third"


def test_sections_do_not_disturb_one_another(member: Client) -> None:
    about = form_of(member, "about")
    save(member, "story", website="https://x.example/")
    assert member.post("/experts/me/about/", about | {"affiliation": "Reef school"}).status_code == 302


def test_sending_the_same_form_twice_is_no_harm(member: Client) -> None:
    sent = form_of(member, "about") | {"affiliation": "Reef school"}
    assert member.post("/experts/me/about/", sent).status_code == 302
    assert member.post("/experts/me/about/", sent).status_code == 422
    assert ExpertProfile.objects.get().affiliation == "Reef school"


def test_unknown_sections_and_eyes_are_not_there(member: Client) -> None:
    assert member.get("/experts/me/nothing/").status_code == 404
    assert member.get("/experts/me/as/god/").status_code == 404
    assert member.get("/experts/%00/").status_code == 404
    assert member.get("/experts/a%2Fb/").status_code == 404


def test_names_in_any_script_and_shape(member: Client) -> None:
    for name in ("Suharto", "فاطمة الزهراء الإدريسي", "Zoë 🌱 O’Brien-Ñandú", "田中健二", "ʻAmelia Tāvake"):
        assert save(member, "about", name=name).status_code == 302, name
        assert User.objects.get(pk=people.member().pk).name == name
    assert save(member, "about", name="Evil\u202egnp.exe").status_code == 302
    assert "\u202e" not in User.objects.get(pk=people.member().pk).name


def test_two_people_of_one_name_have_two_addresses() -> None:
    first = published(people.person("one", "Maria Silva"))
    second = published(people.person("two", "Maria Silva"))
    assert first.slug == "maria-silva"
    assert second.slug.startswith("maria-silva-")


@pytest.mark.parametrize("name", ["Me", "Photos", "!"])
def test_names_that_are_addresses_of_ours_get_others(name: str) -> None:
    profile = published(people.person("odd", name))
    assert profile.slug not in {"me", "photos", ""}


def test_keywords_count_once_whatever_their_letters(member: Client) -> None:
    save(member, "expertise", tags="Coral, coral، CORAL; 珊瑚、 atoll")
    names = {tag.name for tag in ExpertProfile.objects.get().tags.all()}
    assert names == {"Coral", "珊瑚", "atoll"}
    write_profile(people.expert(), tags=["CORAL"])
    assert {tag.name for tag in ExpertProfile.objects.get(user=people.expert()).tags.all()} == {"Coral"}


def test_nobody_edits_anothers_profile() -> None:
    from network.experts import policies

    profile = published(people.expert())
    for who in ("member", "administrator", "secretariat", "site_moderator", "editor", "steward"):
        assert not policies.can_edit(people.viewer(getattr(people, who)()), profile)
    assert policies.can_edit(people.viewer(people.expert()), profile)


def test_an_affiliation_that_the_network_knows_is_linked_and_claimed(client: Client) -> None:
    from network.organizations.models import Affiliation
    from tests.organizations.factories import organization

    known = organization("Institut de la Forêt", acronym="IF")
    profile = published(people.expert(), seen_by={"affiliation": 3}, affiliation="institut de la foret")
    assert profile.organization == known
    claim = Affiliation.objects.current().get(person=people.expert())
    assert claim.organization == known
    assert claim.confirmed_at is None
    write_profile(people.expert(), seen_by={"affiliation": int(Visibility.NOBODY)})
    assert not Affiliation.objects.current().filter(person=people.expert()).exists()


def test_defaults_are_as_told() -> None:
    profile = ExpertProfile(user=people.member())
    public = {field for field in Field if profile.level(field) == Visibility.EVERYONE}
    assert public == {Field.NAME, Field.AFFILIATION, Field.COUNTRY}


def test_leaving_erases_the_profile_and_her_copy_holds_it(client: Client) -> None:
    from network.accounts import actions as accounts
    from network.accounts.enums import Leaving
    from network.experts import personal

    profile = published(people.expert(), seen_by=3, **full_values())
    copy = personal.export(people.expert())
    assert "fisherfolk" in str(copy)
    assert "Who sees it" in str(copy)
    accounts.leave(person=people.expert(), choice=Leaving.KEEP)
    assert not ExpertProfile.objects.filter(pk=profile.pk).exists()
    assert client.get("/api/v1/search/", {"q": "hydrologist"}).json()["groups"] == []
