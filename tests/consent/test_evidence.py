"""A file as evidence of how a word came about: sealed, for whom the record names, erasable, in no chain."""

import pytest
from django.urls import reverse

from network.consent import actions, gate
from network.consent.models import ConsentRecord, Part, Proposal
from tests import people
from tests.consent import recordings
from tests.consent.factories import authority, holder, item, with_standing
from tests.consent.test_proposals import agree, answer, deciding

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return holder()


@pytest.fixture
def speaker(of):
    return with_standing(of)


@pytest.fixture
def decider(of, speaker):
    return authority(of, speaker)


@pytest.fixture
def kept(of, decider):
    return item(of)


def minutes(content=None):
    return recordings.upload(recordings.pdf() if content is None else content, "minutes.pdf")


def evidence(kept):
    return Part.objects.notes().get(item=kept, name__startswith="evidence")


def file_for(client, part, who):
    people.sign_in(client, who)
    answer = client.get(f"/k/{part.handle}/")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, content


def test_it_is_sealed_and_its_own_people_see_it(client, of, kept, speaker, decider):
    sent = answer(client, kept, decider, file=minutes(), detail_evidence="Signed by the keepers")
    assert sent.status_code == 302
    part = evidence(kept)
    assert (part.media_type, part.holder_id, part.readers) == (
        "application/pdf",
        of.pk,
        [f"holder:{of.pk}"],
    )
    page = client.get(kept.get_absolute_url()).content.decode()
    assert "Signed by the keepers" in page
    assert f"/k/{part.handle}/" in page
    status, content = file_for(client, part, speaker)
    assert status == 200
    assert content.startswith(b"%PDF")
    for who in (
        people.stranger(),
        people.member(),
        people.steward(),
        people.administrator(),
        people.editor(),
    ):
        status, content = file_for(client, part, who)
        assert status == 404
        assert b"%PDF" not in content


def test_without_words_it_says_that_there_are_none(client, kept, decider):
    answer(client, kept, decider, file=minutes())
    assert "was not written down" in client.get(kept.get_absolute_url()).content.decode()


def test_a_refusal_has_one_too(client, kept, decider):
    people.sign_in(client, people.holder())
    sent = client.post(
        reverse("consent:answer", args=[kept.pk, "refused"]),
        {"authorities": [decider.pk], "method": "paper", "note_language": "en", "file": minutes()},
    )
    assert sent.status_code == 302
    assert evidence(kept).media_type == "application/pdf"


def test_whom_the_record_names_reads_it(client, kept, decider):
    answer(client, kept, decider, file=minutes(), read_evidence="public")
    status, content = file_for(client, evidence(kept), people.member())
    assert status == 200
    assert content.startswith(b"%PDF")


def test_it_is_erased_with_its_file_and_the_record_stands(client, kept, decider, speaker):
    answer(client, kept, decider, file=minutes())
    part = evidence(kept)
    erased = client.post(reverse("consent:erase_note", args=[kept.pk, part.pk]))
    assert erased.status_code == 302
    assert not Part.objects.filter(pk=part.pk).exists()
    with pytest.raises(FileNotFoundError):
        gate.files.vault.open_sealed(part.path)
    kept.refresh_from_db()
    assert ConsentRecord.objects.filter(item=kept).count() == 1
    assert actions.first_break(kept) is None
    assert file_for(client, part, speaker)[0] == 404


@pytest.mark.parametrize("content", [b"", b"<svg onload=x>", b"MZ" + bytes(200), b"%PDF-1.7 broken"])
def test_what_cannot_be_cleaned_is_refused_beside_its_field_and_nothing_is_recorded(
    client, kept, decider, content
):
    sent = answer(client, kept, decider, file=minutes(content), note="Long words")
    assert sent.status_code == 422
    assert sent.context["form"].errors["file"]
    assert "Long words" in sent.content.decode()
    assert not ConsentRecord.objects.exists()
    assert not Part.objects.notes().exists()


def test_where_more_have_to_agree_it_waits_with_the_words(client):
    of = holder(quorum=2)
    first = deciding(of, people.holder(), "Keeper of the reef")
    second = deciding(of, people.expert(), "Keeper of the river")
    kept = item(of)
    answer(client, kept, first, file=minutes(), read_evidence="public")
    waiting = Part.objects.notes().exclude(path="").get(item=kept)
    assert file_for(client, waiting, people.member())[0] == 404
    assert file_for(client, waiting, people.expert())[0] == 200
    agree(client, Proposal.objects.get(), second)
    part = evidence(kept)
    assert part.path != waiting.path
    status, content = file_for(client, part, people.member())
    assert status == 200
    assert content.startswith(b"%PDF")
    with pytest.raises(FileNotFoundError):
        gate.files.vault.open_sealed(waiting.path)
