"""The doors themselves: responses, streams, caches, mails, programs, leases."""

import base64
import json
from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from network.consent import actions, checks
from network.consent.enums import Basis, DutyKind, RecordKind
from network.consent.middleware import EgressMiddleware
from network.consent.models import Release
from network.foundations.viewer import EVERYONE, MEMBER
from tests import people
from tests.consent.factories import CANARY, authority, clause, consent, holder, item, with_standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return holder()


@pytest.fixture
def shared(of):
    made = item(of)
    consent(made, of, clause(EVERYONE))
    return made


@pytest.fixture
def for_members(of):
    made = item(of)
    consent(made, of, clause(MEMBER))
    return made


def through(response, path="/somewhere/", who=None, **marks):
    request = RequestFactory().get(path)
    request.viewer = people.viewer(who or people.stranger())
    for name, value in marks.items():
        setattr(request, name, value)
    return EgressMiddleware(lambda _request: response)(request)


class TestResponses:
    def test_a_released_response_is_kept_by_nobody(self, shared):
        response = HttpResponse(f"<p>{shared.token('body')}</p>", headers={"ETag": "x", "Last-Modified": "y"})
        response["Content-Length"] = len(response.content)
        bound = through(response)
        assert CANARY in bound.content.decode()
        assert bound["Cache-Control"] == "private, no-store"
        assert not bound.has_header("ETag")
        assert not bound.has_header("Last-Modified")
        assert "Cookie" in bound["Vary"]
        assert int(bound["Content-Length"]) == len(bound.content)
        assert "noai" in bound["X-Robots-Tag"]

    def test_a_page_without_tokens_is_left_alone(self):
        bound = through(HttpResponse("<p>x</p>", headers={"ETag": "x"}))
        assert bound["ETag"] == "x"
        assert not bound.has_header("Cache-Control")

    @pytest.mark.parametrize("content_type", ["image/png", "application/pdf", "text/event-stream"])
    def test_other_types_keep_their_bytes(self, shared, content_type):
        body = str(shared.token("body"))
        assert through(HttpResponse(body, content_type=content_type)).content.decode() == body

    def test_the_administration_keeps_tokens_but_its_previews_do_not(self, shared):
        body = f"<p>{shared.token('body')}</p>"
        assert through(HttpResponse(body), "/cms/pages/3/edit/").content.decode() == body
        preview = through(HttpResponse(body), "/", is_preview=True)
        assert CANARY in preview.content.decode()
        assert Release.objects.get().exit == "preview"

    def test_compressed_bytes_are_not_looked_into(self, shared):
        response = HttpResponse(str(shared.token("body")), headers={"Content-Encoding": "br"})
        assert CANARY not in through(response).content.decode()

    def test_a_wrong_charset_leaves_tokens(self, shared):
        body = b"\xff\xfe" + str(shared.token("body")).encode()
        assert through(HttpResponse(body)).content == body

    def test_without_a_viewer_it_is_nobody(self, for_members):
        request = RequestFactory().get("/")
        body = f"<p>{for_members.token('body')}</p>"
        bound = EgressMiddleware(lambda _request: HttpResponse(body))(request)
        assert CANARY not in bound.content.decode()

    def test_a_stream_is_bound_even_where_a_token_is_cut_in_two(self, shared):
        token = str(shared.token("body"))
        chunks = [b"<p>so: ", token[:20].encode(), token[20:].encode(), b"</p>"]
        bound = through(StreamingHttpResponse(iter(chunks)))
        assert CANARY in b"".join(bound.streaming_content).decode()
        assert bound["Cache-Control"] == "private, no-store"

    async def test_an_asynchronous_stream_too(self):
        async def chunks():
            yield b"<p>[[tk:00000000-0000-4000-8000-"
            yield b"000000000000:body]]</p>"

        request = RequestFactory().get("/")
        request.viewer = None
        bound = EgressMiddleware(lambda _request: StreamingHttpResponse(chunks()))(request)
        assert bound["Cache-Control"] == "private, no-store"
        assert bound.is_async


class TestMail:
    @pytest.fixture(autouse=True)
    def gated(self, settings):
        settings.EMAIL_BACKEND = "network.consent.mail.GatedBackend"
        settings.CONSENT_MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    def test_each_recipient_reads_as_herself(self, for_members):
        token = str(for_members.token("body"))
        for address in (people.member().email, "stranger@elsewhere.example"):
            EmailMessage("News", token, to=[address]).send()
        assert [CANARY in message.body for message in mail.outbox] == [True, False]
        assert Release.objects.get().actor == people.member().actor_id

    def test_several_recipients_read_as_nobody(self, for_members):
        message = EmailMessage(
            "News", str(for_members.token("body")), to=[people.member().email], bcc=[people.expert().email]
        )
        message.send()
        assert CANARY not in mail.outbox[0].body

    def test_every_part_is_bound_and_the_subject_is_neutral(self, shared):
        token = str(shared.token("body"))
        message = EmailMultiAlternatives(f"On {token}", token, to=[people.member().email])
        message.attach_alternative(f"<p>{token}</p>", "text/html")
        message.attach("list.csv", f"a,{token}", "text/csv")
        message.attach("picture.png", b"\x89PNG", "image/png")
        message.send()
        sent = mail.outbox[0]
        assert sent.subject == "On Traditional knowledge"
        assert CANARY in sent.body
        assert CANARY in sent.alternatives[0][0]
        assert CANARY in sent.attachments[0][1]
        assert message.body == token  # the original can be sent again

    def test_what_waited_in_the_queue_leaves_with_the_placeholder(self, shared, of):
        message = EmailMessage("News", str(shared.token("body")), to=[people.member().email])
        actions.withdraw(item=shared, holder=of, by=people.viewer(with_standing(of)))
        message.send()
        assert CANARY not in mail.outbox[0].body

    def test_a_failing_gate_sends_the_placeholder(self, shared, monkeypatch):
        monkeypatch.setattr("network.consent.gate._candidates", lambda *args: 1 / 0)
        EmailMessage("News", str(shared.token("body")), to=[people.member().email]).send()
        assert "keep it to themselves" in mail.outbox[0].body


class TestPrograms:
    def url(self, made):
        return f"/api/v1/knowledge/{made.pk}/"

    def test_what_is_shared(self, client, shared):
        answer = client.get(self.url(shared))
        assert answer.status_code == 200
        assert CANARY in answer.json()["parts"][0]["text"]
        assert answer.json()["attribution"] == ["Imagined people of the reef"]
        assert answer["Cache-Control"] == "private, no-store"

    def test_what_is_not_shared_does_not_exist(self, client, of, for_members):
        assert client.get(self.url(item(of))).status_code == 404
        assert client.get(self.url(for_members)).status_code == 404
        assert client.get("/api/v1/knowledge/00000000-0000-4000-8000-000000000000/").status_code == 404
        assert client.get("/api/v1/knowledge/nonsense/").status_code == 404
        people.sign_in(client, people.member())
        assert client.get(self.url(for_members)).status_code == 200

    def test_after_a_withdrawal_it_is_gone_for_those_who_had_it(self, client, for_members, of):
        people.sign_in(client, people.member())
        client.get(self.url(for_members))
        actions.withdraw(item=for_members, holder=of, by=people.viewer(with_standing(of)))
        assert client.get(self.url(for_members)).status_code == 410
        people.sign_in(client, people.expert())
        assert client.get(self.url(for_members)).status_code == 404

    def test_the_change_feed_tells_them_to_delete(self, client, for_members, of):
        people.sign_in(client, people.member())
        client.get(self.url(for_members))
        first = client.get("/api/v1/consent/changes").json()
        assert [change["act"] for change in first["changes"]] == ["review"]
        actions.withdraw(item=for_members, holder=of, by=people.viewer(with_standing(of)))
        following = client.get(f"/api/v1/consent/changes?after={first['after']}").json()
        assert [(c["act"], c["item"]) for c in following["changes"]] == [("delete", str(for_members.pk))]
        people.sign_in(client, people.expert())
        assert client.get("/api/v1/consent/changes").json() == {"changes": [], "after": 0}

    def test_it_tells_them_of_a_label_that_holds_back(self, client, for_members, of):
        people.sign_in(client, people.member())
        client.get(self.url(for_members))
        after = client.get("/api/v1/consent/changes").json()["after"]
        decider = with_standing(of)
        authority(of, decider)
        actions.put_label(
            item=for_members, holder=of, family="tk", code="tkco", by=people.viewer(decider)
        )  # fmt: skip
        [line] = client.get(f"/api/v1/consent/changes?after={after}").json()["changes"]
        assert (line["act"], line["item"]) == ("review", str(for_members.pk))
        assert client.get(self.url(for_members)).status_code == 410

    def test_what_was_made_from_it_goes_with_it(self, client, for_members, of):
        made = item(of, derived_from=[for_members])
        consent(made, of, clause(MEMBER))
        people.sign_in(client, people.member())
        assert client.get(self.url(made)).status_code == 200
        after = client.get("/api/v1/consent/changes").json()["after"]
        actions.withdraw(item=for_members, holder=of, by=people.viewer(with_standing(of)))
        [line] = client.get(f"/api/v1/consent/changes?after={after}").json()["changes"]
        assert (line["act"], line["item"]) == ("delete", str(made.pk))
        assert client.get(self.url(made)).status_code == 410

    def test_each_line_is_signed(self, client, for_members, of):
        people.sign_in(client, people.member())
        client.get(self.url(for_members))
        [line] = client.get("/api/v1/consent/changes").json()["changes"]
        told = client.get("/api/v1/consent/key").json()
        assert told["algorithm"] == "Ed25519"
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(told["public_key"]))
        said = "\n".join(str(line[name]) for name in ("number", "item", "act", "at"))
        key.verify(base64.b64decode(line["signature"]), said.encode())
        with pytest.raises(InvalidSignature):
            key.verify(base64.b64decode(line["signature"]), said.replace("review", "delete").encode())

    def test_each_part_tells_its_conditions(self, client, of):
        made = item(of)
        ends = timezone.now() + timedelta(days=3)
        actions.record_consent(
            item=made, authorities=[authority(of)], kind=RecordKind.GIVEN, basis=Basis.FPIC,
            clauses=[clause(EVERYONE, actions={"display", "export"}, ends=ends)],
            particulars=actions.Particulars(duties=(actions.DutyTerm(DutyKind.REPORT),)),
            by=people.viewer(people.steward()),
        )  # fmt: skip
        [part] = client.get(self.url(made)).json()["parts"]
        assert part["uses"] == ["display", "export"]
        assert part["until"].startswith(ends.strftime("%Y-%m-%dT%H:%M"))
        assert part["onward"] is False
        assert part["duties"] == ["report"]

    @pytest.mark.parametrize("after", ["-1", "x", str(2**70)])
    def test_a_wrong_number_is_told(self, client, after):
        assert client.get(f"/api/v1/consent/changes?after={after}").status_code == 422


class TestLease:
    def asked(self, client, *keys):
        return json.loads(client.get(reverse("consent:lease"), {"t": keys}).content)["withheld"]

    def test_it_tells_what_must_go_from_the_screen(self, client, shared, for_members):
        both = [shared.token("body").key, for_members.token("body").key]
        assert self.asked(client, *both) == both[1:]
        people.sign_in(client, people.member())
        assert self.asked(client, *both) == []
        assert not Release.objects.exists()

    def test_a_closed_key_ends_it(self, client, shared, of):
        actions.withdraw(item=shared, holder=of, by=people.viewer(with_standing(of)))
        assert self.asked(client, shared.token("body").key) == [shared.token("body").key]

    def test_nonsense_is_withheld(self, client):
        assert self.asked(client, "nonsense", "") == ["nonsense", ""]
        assert self.asked(client) == []


class TestSettings:
    def test_the_installation_stands_right(self, settings):
        assert checks.check_gate(None) == []

    @pytest.mark.parametrize(
        ("changed", "told"),
        [
            ({"MIDDLEWARE": []}, "consent.E001"),
            ({"MIDDLEWARE": ["x.UpdateCacheMiddleware", checks._GATE]}, "consent.E002"),
            ({"MIDDLEWARE": [checks._GATE, checks._COMPRESSION]}, "consent.E003"),
            ({"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend"}, "consent.E004"),
            ({"KEY_ENCRYPTION_KEY": ""}, "consent.E005"),
        ],
    )
    def test_a_way_around_the_gate_is_told(self, settings, changed, told):
        for name, value in changed.items():
            setattr(settings, name, value)
        assert [message.id for message in checks.check_gate(None)] == [told]


def test_a_sealed_value_shows_its_token_everywhere(of):
    import copy
    import pickle

    from django.template import Context, Template

    sealed = item(of).parts.get().sealed
    token = str(sealed)
    assert token.startswith("[[tk:")
    for shown in (
        f"{sealed}",
        f"{sealed:>50}".strip(),
        "%s" % sealed,  # noqa: UP031 - old code formats so
        json.loads(json.dumps(sealed)),
        pickle.loads(pickle.dumps(sealed)),  # noqa: S301
        copy.deepcopy(sealed),
        Template("{{ sealed }}").render(Context({"sealed": sealed})),
    ):
        assert shown == token
    assert repr(sealed) == repr(token)
    assert not hasattr(pickle.loads(pickle.dumps(sealed)), "ciphertext")  # noqa: S301
