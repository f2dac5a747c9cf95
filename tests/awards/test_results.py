"""Decided behind closed doors, out in one act, verifiable afterwards, and mended in the open."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone, translation
from pypdf import PdfReader

from home.pages.models import AwardResultsPage
from network.awards import actions
from network.awards.certificates import certificate_pdf
from network.awards.models import Certificate, Correction, Laureate
from network.calls import actions as engine
from network.calls import dossier, replay
from network.calls.models import Call
from network.calls.signals import results_recorded
from network.foundations.exceptions import Refused
from network.notifications.models import Notification
from network.outbox.actions import work_off
from network.search.models import SearchDocument
from tests import people
from tests.awards import stage

pytestmark = pytest.mark.django_db


def third():
    return people.person("third-officer", "Ana Lima", people.Role.SECRETARIAT)


def closed(outcomes=(("KE", "gold"), ("FR", "none")), **fields):
    award = stage.edition(quorum=1, **fields)
    stage.juror(award)
    nominations = [stage.decided(award, code, outcome) for code, outcome in outcomes]
    stage.close(award)
    return award, nominations


def out(**fields):
    award, nominations = closed(**fields)
    engine.release(call=award.call, by=people.secretariat())
    award.call.refresh_from_db()
    return award, nominations


def test_before_the_release_no_exit_tells_who_won(client, settings):
    """The winner's nominator and the loser's are told the same by every exit; so is everybody else."""
    award, (won, lost) = closed()
    while work_off():
        pass
    answers = {}
    for who, nomination in ((stage.focal_point("KE"), won), (stage.focal_point("FR"), lost)):
        people.sign_in(client, who)
        pages = ["/awards/", "/awards/2026/", nomination.get_absolute_url(), "/inbox/", "/search/?q=award"]
        pages += [
            f"{nomination.get_absolute_url()}{tail}"
            for tail in ("feedback/", "feedback/letter.pdf", "appeal/", "decide/", "discussion/")
        ]
        pages += [
            "/awards/2026/meeting/",
            "/awards/2026/record/",
            "/awards/2026/dossier.zip",
            "/awards/2026/release/",
        ]
        told = []
        for page in pages:
            answer = client.get(page)
            text = answer.content.decode(errors="replace")
            assert "Gold" not in text.replace("Gold</", "") or page == "/awards/", page
            told.append((page.replace(nomination.case.public_id, "X"), answer.status_code))
        answers[who.pk] = told
        kinds = Notification.objects.filter(recipient=who).values_list("kind", flat=True)
        answers[who.pk].append(sorted(kinds))
    first, second = answers.values()
    assert first == second
    assert not Laureate.objects.filter(edition=award).exists()
    assert not Certificate.objects.exists()
    assert not AwardResultsPage.objects.exists()
    assert not SearchDocument.objects.filter(title__icontains="results").exists()


def test_what_breaks_in_the_release_leaves_nothing_of_it():
    award, _nominations = closed()

    def fail(**kwargs):
        raise RuntimeError("the printer is on fire")

    results_recorded.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            engine.release(call=award.call, by=people.secretariat())
    finally:
        results_recorded.disconnect(fail)
    assert Call.objects.get(pk=award.call_id).released_at is None
    assert not Laureate.objects.filter(edition=award).exists()
    assert not AwardResultsPage.objects.exists()


def test_a_planned_release_happens_at_its_instant_and_not_before(monkeypatch):
    award, _nominations = closed()
    at = timezone.now() + timedelta(hours=2)
    with pytest.raises(Refused):
        engine.plan_release(
            call=award.call, release_at=timezone.now() - timedelta(hours=1), by=people.secretariat()
        )
    engine.plan_release(call=award.call, release_at=at, by=people.secretariat())
    monkeypatch.setattr(timezone, "now", lambda: at - timedelta(microseconds=1))
    assert engine.release_due() == 0
    monkeypatch.setattr(timezone, "now", lambda: at)
    assert engine.release_due() == 1
    assert engine.release_due() == 0
    assert Laureate.objects.filter(edition=award).count() == 1


def test_anybody_verifies_a_certificate(client):
    out()
    certificate = Certificate.objects.get()
    page = client.get(certificate.get_absolute_url())
    assert "is valid" in page.content.decode()
    file = client.get(f"{certificate.get_absolute_url()}certificate.pdf")
    text = PdfReader(io.BytesIO(file.content)).pages[0].extract_text()
    assert "Gold" in text
    assert certificate.code in text
    assert client.get("/awards/certificates/AAAA-BBBB-CCCC/").status_code == 404


@pytest.mark.parametrize(("language", "name"), [("ar", "كينيا"), ("zh-hans", "肯尼亚")])
def test_certificates_speak_the_readers_language(language, name):
    out()
    certificate = Certificate.objects.select_related("laureate__party", "laureate__edition").get()
    with translation.override(language):
        assert str(certificate.laureate.party) == name
        reader = PdfReader(io.BytesIO(certificate_pdf(certificate)))
    fonts = {str(font.get_object()["/BaseFont"]) for font in reader.pages[0]["/Resources"]["/Font"].values()}
    assert reader.trailer["/Root"]["/Lang"].startswith(language[:2])
    assert any(("Arabic" if language == "ar" else "CJK") in font for font in fonts), fonts


def test_every_nominee_hears_what_the_jury_saw_and_nobody_else_does(client):
    _award, (won, lost) = out()
    for who, nomination, result in (
        (stage.focal_point("KE"), won, "Gold"), (stage.focal_point("FR"), lost, "No award"),
    ):  # fmt: skip
        people.sign_in(client, who)
        page = client.get(f"{nomination.get_absolute_url()}feedback/").content.decode()
        assert result in page
        assert "Sound" in page
        assert "Erik Lindqvist" not in page, "no juror is named"
        letter = client.get(f"{nomination.get_absolute_url()}feedback/letter.pdf")
        assert result in PdfReader(io.BytesIO(letter.content)).pages[0].extract_text()
    for who, status in ((people.juror(), 403), (stage.focal_point("UG"), 404), (people.member(), 404)):
        people.sign_in(client, who)
        assert client.get(f"{won.get_absolute_url()}feedback/").status_code == status


def test_a_result_is_mended_in_the_open(client):
    award, _nominations = out()
    laureate, certificate = Laureate.objects.get(edition=award), Certificate.objects.get()
    people.sign_in(client, people.secretariat())
    address = f"/awards/2026/laureates/{laureate.pk}/"
    form = {"medal": "silver", "site_name": "Biodiversity network", "site_url": "https://b.example/"}
    assert client.post(address, {**form, "reason": ""}).status_code == 422
    assert client.post(address, {**form, "reason": "A sum was wrong"}).status_code == 302
    page = client.get("/awards/2026/").content.decode()
    assert "A sum was wrong" in page
    assert "Silver" in page
    assert "Silver" in client.get(certificate.get_absolute_url()).content.decode()
    assert client.post(address, {"revoke": "yes", "revoke-reason": "Not their site"}).status_code == 302
    assert "has been revoked" in client.get(certificate.get_absolute_url()).content.decode()
    assert client.get(f"{certificate.get_absolute_url()}certificate.pdf").status_code == 404
    assert [one.kind for one in Correction.objects.all()] == ["corrected", "revoked"]
    with pytest.raises(Refused):
        actions.revoke_result(laureate=laureate, reason="Again", by=people.secretariat())
    assert replay.disagreements(award.call) == ["closes_at"]


def test_facts_are_checked_between_scores_and_decision(client):
    award = stage.edition(quorum=1)
    juror = stage.juror(award)
    nomination = stage.with_jury(award)
    with pytest.raises(PermissionDenied):
        actions.ask_facts(nomination=nomination, asked="When?", by=people.secretariat())
    stage.score(nomination, juror)
    people.sign_in(client, people.secretariat())
    address = f"{nomination.get_absolute_url()}facts/"
    assert client.post(address, {"asked": "Is the forum open to all?"}).status_code == 302
    people.sign_in(client, stage.focal_point("KE"))
    assert "Is the forum open" in client.get(address).content.decode()
    assert client.post(address, {"answer": "Since March."}).status_code == 302
    assert client.post(address, {"answer": "Since April."}).status_code == 403
    engine.decide(case=nomination.case, outcome="gold", by=stage.executive())
    people.sign_in(client, stage.executive())
    assert "Since March." in client.get(address).content.decode()


def test_one_appeal_in_time_decided_by_somebody_without_a_part_in_it(client, monkeypatch):
    award, (_won, lost) = out(appeal_days=10)
    people.sign_in(client, stage.focal_point("FR"))
    address = f"{lost.get_absolute_url()}appeal/"
    late = award.call.released_at + timedelta(days=10)
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: late)
        with pytest.raises(PermissionDenied):
            actions.appeal(nomination=lost, text="Unfair", by=stage.focal_point("FR"))
    assert client.post(address, {"text": "A juror works for the winner."}).status_code == 302
    assert client.post(address, {"text": "And another."}).status_code == 403
    for who in (people.secretariat(), stage.executive()):
        people.sign_in(client, who)
        assert client.post(address, {"upheld": "no", "answer": "No"}).status_code == 403
    people.sign_in(client, third())
    assert client.post(address, {"upheld": "no", "answer": "She does not."}).status_code == 302
    people.sign_in(client, stage.focal_point("FR"))
    assert "She does not." in client.get(address).content.decode()


def test_where_the_rules_know_no_appeal_there_is_none():
    _award, (_won, lost) = out()
    with pytest.raises(PermissionDenied):
        actions.appeal(nomination=lost, text="Unfair", by=stage.focal_point("FR"))


def repacked(content: bytes, change) -> io.BytesIO:
    """The archive with its files changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    packed.seek(0)
    return packed


def test_a_dossier_holds_everything_and_shows_every_change(client, tmp_path, capsys):
    _award, (won, _lost) = out()
    people.sign_in(client, people.secretariat())
    content = client.get("/awards/2026/dossier.zip").content
    assert dossier.verify(io.BytesIO(content)) == []
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert {"call.json", "events.json", f"cases/{won.case.public_id}.json", "manifest.json"} <= set(names)
    assert any(name.startswith("certificates/") for name in names)
    path = tmp_path / "dossier.zip"
    path.write_bytes(content)
    call_command("verify_dossier", str(path))
    assert "holds" in capsys.readouterr().out

    def change(name, old, new):
        def do(files):
            files[name] = files[name].replace(old, new)

        return do

    def forge(files):
        """A score changed, and the manifest made to fit: the chain knows of no such review."""
        import hashlib

        name = f"cases/{won.case.public_id}.json"
        case = json.loads(files[name])
        case["reviews"][0]["pk"] = 999_999
        files[name] = json.dumps(case).encode()
        manifest = json.loads(files["manifest.json"])
        manifest["files"][name] = hashlib.sha256(files[name]).hexdigest()
        files["manifest.json"] = json.dumps(manifest).encode()

    for tamper in (
        change("events.json", b'"decided"', b'"started"'),
        change("call.json", b'"quorum": 1', b'"quorum": 2'),
        lambda files: files.pop("events.json"), lambda files: files.update(extra=b""), forge,
    ):  # fmt: skip
        assert dossier.verify(repacked(content, tamper))
    path.write_bytes(b"no archive")
    with pytest.raises(CommandError):
        call_command("verify_dossier", str(path))


def test_who_has_a_conflict_takes_no_dossier(client):
    award, (won, _lost) = closed()
    engine.raise_conflict(case=won.case, person=third(), reason="Worked there", by=people.secretariat())
    engine.release(call=award.call, by=people.secretariat())
    people.sign_in(client, third())
    assert client.get("/awards/2026/dossier.zip").status_code == 403


def test_the_meeting_shows_the_order_and_how_firm_it_is(client):
    award = stage.edition(quorum=2)
    jurors = [stage.juror(award), stage.juror(award, "second")]
    for code, values in (("KE", (3, 4)), ("FR", (2, 2)), ("UG", (4, 2))):
        nomination = stage.with_jury(award, code)
        for who, value in zip(jurors, values, strict=True):
            stage.score(nomination, who, value)
    people.sign_in(client, stage.executive())
    page = client.get("/awards/2026/meeting/").content.decode()
    assert page.index("Kenya") < page.index("Uganda") < page.index("France")
    assert "between 1 and 2" in page
    assert page.count("/decide/") == 3
    people.sign_in(client, people.secretariat())
    assert "/decide/" not in client.get("/awards/2026/meeting/").content.decode(), "she screened them"
    people.sign_in(client, people.administrator())
    assert client.get("/awards/2026/meeting/").status_code == 403
