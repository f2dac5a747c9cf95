"""The return package, from outside: everything of an item goes to its holders, and to nobody else."""

import hashlib
import io
import json
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from network.consent import actions, ingest
from network.consent.actions.sealing import seal_note
from network.consent.enums import DutyKind, PartName
from network.consent.models import Release
from network.foundations.exceptions import Refused
from network.foundations.viewer import EVERYONE
from tests import people
from tests.consent import recordings as made
from tests.consent.factories import CANARY, authority, clause, consent, holder, item, with_standing

pytestmark = pytest.mark.django_db
SOUND = made.wav(bytes(number % 251 for number in range(150_000)))


@pytest.fixture(autouse=True)
def vault(settings, tmp_path):
    kept = {"BACKEND": "network.consent.vault.VaultStorage", "OPTIONS": {"location": tmp_path / "vault"}}
    settings.STORAGES = settings.STORAGES | {"vault": kept}
    return tmp_path / "vault"


@pytest.fixture
def of():
    return holder("Ñandú of the reef, 海")


@pytest.fixture
def speaker(of):
    user = with_standing(of)
    authority(of, user)
    return user


@pytest.fixture
def kept(of, speaker):
    """Two texts, a recording, a note, a duty, a label, a protocol; shared once, and stopped."""
    by = people.viewer(speaker)
    kept = item(of)
    actions.seal_part(item=kept, name=PartName.BODY, language="fr", text=f"le récif {CANARY}", by=by)
    actions.seal_media(
        item=kept, name=PartName.AUDIO, language="en", file=made.upload(SOUND), text="a song", by=by
    )
    actions.record_protocol(holder=of, title="Our rules", language="en", by=by)
    actions.put_label(item=kept, holder=of, family="tk", code="tka", by=by)
    consent(
        kept, of, clause(EVERYONE), note=actions.Note("We met twice.", "en"),
        particulars=actions.Particulars(duties=(actions.DutyTerm(DutyKind.REPORT, words="In spring"),)),
    )  # fmt: skip
    actions.withdraw(item=kept, holder=of, by=by)
    return kept


def address(item):
    return reverse("consent:return", args=[item.pk])


def unpacked(answer):
    """Path below the folder to bytes."""
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert archive.testzip() is None
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def package(client, kept, speaker):
    people.sign_in(client, speaker)
    answer = client.post(address(kept))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    assert f'filename="item-{kept.pk}.zip"' in answer["Content-Disposition"]
    return unpacked(answer)


class TestTheBag:
    def test_it_is_declared(self, package, kept, of):
        assert package["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
        info = package["bag-info.txt"].decode()
        assert f"External-Identifier: urn:uuid:{kept.pk}\n" in info
        assert f"Source-Organization: {of.own_name}\n" in info
        payload = {path: content for path, content in package.items() if path.startswith("data/")}
        octets = sum(map(len, payload.values()))
        assert f"Payload-Oxum: {octets}.{len(payload)}\n" in info

    def test_every_checksum_holds(self, package):
        for manifest, is_payload in (("manifest-sha512.txt", True), ("tagmanifest-sha512.txt", False)):
            named = dict(reversed(line.split("  ", 1)) for line in package[manifest].decode().splitlines())
            expected = {path for path in package if path.startswith("data/") == is_payload} - {
                "tagmanifest-sha512.txt"
            }
            assert set(named) == expected
            assert all(hashlib.sha512(package[path]).hexdigest() == said for path, said in named.items())


class TestWhatIsInIt:
    def test_the_texts_in_each_language_though_sharing_has_stopped(self, package):
        assert CANARY in package["data/texts/body.en.txt"].decode()
        assert package["data/texts/body.fr.txt"].decode() == f"le récif {CANARY}"

    def test_the_recording_to_the_byte(self, package):
        assert package["data/texts/audio.en.wav"] == ingest.riff.clean(SOUND)
        assert package["data/texts/audio.en.txt"] == b"a song"

    def test_what_was_told_of_the_consent(self, package):
        assert package["data/notes/note1.en.txt"] == b"We met twice."
        assert package["data/notes/duty101.en.txt"] == b"In spring"

    def test_every_record_for_other_archives(self, package, kept):
        given, stopped = json.loads(package["data/records.json"])
        assert given["@context"] == "http://www.w3.org/ns/odrl.jsonld"
        assert given["target"] == f"urn:uuid:{kept.pk}"
        assert given["permission"][0]["assignee"].endswith(EVERYONE)
        assert given["obligation"][0]["action"].endswith("report")
        assert stopped["prohibition"] == [{"action": "use"}]
        assert [given["hash"], stopped["hash"]] == list(
            kept.records.in_order().values_list("hash", flat=True)
        )

    def test_protocols_labels_and_receivers(self, package):
        assert json.loads(package["data/protocols.json"])[0]["title"] == "Our rules"
        assert json.loads(package["data/labels.json"])[0]["name"] == "TK Attribution"
        assert package["data/received.csv"].decode().startswith("When,Where,Who")

    def test_a_page_for_people_leads_to_every_file(self, package, of):
        page = package["data/summary.html"].decode()
        assert of.own_name in page
        for path in package:
            if path.startswith(("data/texts", "data/notes")):
                assert f'href="{path.removeprefix("data/")}"' in page
        assert CANARY not in page

    def test_a_damaged_recording_is_named_as_missing(self, client, kept, speaker, vault):
        path = vault / kept.parts.get(name="audio").path
        path.write_bytes(path.read_bytes()[:70_000])
        people.sign_in(client, speaker)
        package = unpacked(client.post(address(kept)))
        assert "data/texts/audio.en.wav" not in package
        assert "Not in this folder" in package["data/summary.html"].decode()
        assert CANARY in package["data/texts/body.en.txt"].decode()


class TestTheLog:
    def test_each_part_is_written_down_once(self, package, kept, speaker):
        releases = Release.objects.filter(item_id=kept.pk, exit="return")
        left = sorted(releases.values_list("part", "language"))
        assert left == [
            ("audio", "en"), ("body", "en"), ("body", "fr"), ("duty101", "en"), ("note1", "en"),
        ]  # fmt: skip
        assert set(releases.values_list("actor", flat=True)) == {speaker.actor_id}

    def test_to_look_at_the_page_takes_nothing(self, client, kept, speaker):
        people.sign_in(client, speaker)
        page = client.get(address(kept))
        assert page.status_code == 200
        assert CANARY not in page.content.decode()
        assert not Release.objects.filter(item_id=kept.pk, exit="return").exists()


class TestWho:
    @pytest.mark.parametrize(
        ("who", "status"),
        [(people.steward, 403), (people.member, 404), (people.editor, 404), (people.administrator, 404)],
    )
    def test_nobody_on_their_behalf(self, client, kept, who, status):
        people.sign_in(client, who())
        assert client.get(address(kept)).status_code == status
        assert client.post(address(kept)).status_code == status
        with pytest.raises(PermissionDenied):
            actions.hand_back(item=kept, by=people.viewer(who()))

    def test_no_superuser(self, client, kept):
        root = people.person("root", is_superuser=True, is_staff=True)
        people.sign_in(client, root)
        assert client.post(address(kept)).status_code == 404

    def test_no_stranger(self, client, kept):
        assert client.post(address(kept)).status_code == 302

    def test_not_who_belongs_and_does_not_decide(self, client, kept, of):
        people.sign_in(client, with_standing(of, people.expert()))
        assert client.post(address(kept)).status_code == 403

    def test_not_who_decides_and_does_not_belong(self, client, kept, of):
        authority(of, people.steward())
        people.sign_in(client, people.steward())
        assert client.post(address(kept)).status_code == 403

    def test_not_who_decides_no_longer(self, client, kept, of, speaker):
        steward = people.viewer(people.steward())
        actions.end_attestation(attestation=of.authority_set.get(user=speaker), by=steward)
        people.sign_in(client, speaker)
        assert client.post(address(kept)).status_code == 403


class TestLimits:
    def test_what_a_request_said_to_others_stays_out(self, client, kept, speaker):
        seal_note(item=kept, name="message9", language="en", text="for her alone", readers=["user:9"])
        people.sign_in(client, speaker)
        package = unpacked(client.post(address(kept)))
        assert not any(b"for her alone" in content for content in package.values())
        assert "Not in this folder" in package["data/summary.html"].decode()

    def test_what_was_made_from_others_knowledge_is_not_hers_alone(self, client, of, speaker):
        others = holder("Others")
        with_standing(others, people.expert())
        theirs = item(others, title="Theirs")
        retold = item(of, title="Retold", derived_from=[theirs])
        people.sign_in(client, speaker)
        package = unpacked(client.post(address(retold)))
        assert not any(CANARY.encode() in content for content in package.values())

    def test_erased_there_is_nothing_left(self, client, kept, speaker):
        by = people.viewer(speaker)
        actions.destroy_key(item=kept, by=by)
        people.sign_in(client, speaker)
        answer = client.post(address(kept))
        assert answer.status_code == 422
        assert "nothing left to take back" in answer.content.decode()
        with pytest.raises(Refused):
            actions.hand_back(item=kept, by=by)

    def test_a_reference_has_its_records(self, client, of, speaker):
        reference = item(of, exposure="reference", parts={})
        people.sign_in(client, speaker)
        package = unpacked(client.post(address(reference)))
        assert json.loads(package["data/records.json"]) == []
        assert "it is a reference" in package["data/summary.html"].decode()
