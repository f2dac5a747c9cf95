"""Rosters: nominating, accepting, approving, and that no entry rots or goes without a word."""

import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from network.accounts.personal_data import personal_data
from network.experts import actions, listpersonal, once_links
from network.experts.actions import freshness as keeping_true
from network.experts.freshness import months_later
from network.experts.models import DirectoryExport, ExpertProfile, Roster, RosterEntry, RosterEvent
from network.experts.roster_letterbox import answer_address, means_yes
from network.foundations.exceptions import Refused, StaleEdit
from network.notifications.enums import IncomingState
from network.notifications.kinds import render_each
from network.notifications.models import Notification
from network.outbox.actions import work_off
from tests import people
from tests.experts.factories import person, published
from tests.experts.trust import TODAY, belongs_to, keeper, keeping, listed, nominated, roster, speaker, voice
from tests.notifications.inbound.letters import arrives, mail
from tests.organizations.factories import SECRETARIAT, organization

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    monkeypatch.setattr("network.notifications.receivers._hasten", lambda: None)
    monkeypatch.setattr("network.notifications.inbound.intake.hasten", lambda: None)


@pytest.fixture
def expert():
    who = people.expert()
    published(who)
    return who


@pytest.fixture
def passes(monkeypatch):
    """``passes(3)``: three days later, and the clock has come round."""
    now, gone = timezone.now, [timedelta()]

    def go(days: int, *, work: bool = True) -> None:
        gone[0] += timedelta(days=days)
        if work:
            keeping_true.keep_rosters()

    monkeypatch.setattr(timezone, "now", lambda: now() + gone[0])
    return go


def told(who, kind: str = "") -> list:
    while work_off():
        pass
    rows = Notification.objects.filter(recipient=who, kind__startswith=f"experts.{kind}").order_by("pk")
    words = render_each([(row.kind, row.ids) for row in rows], people.viewer(who))
    return [one for one in words if one]


def steps(entry: RosterEntry) -> list[str]:
    return list(RosterEvent.objects.filter(entry=entry).order_by("pk").values_list("step", flat=True))


def taken_out(client: Client, on: Roster, form: str) -> bytes:
    """The table of a roster, as somebody fetches it who has said what for."""
    said = {"format": form, "purpose": "To find three reviewers"}
    assert client.post(f"{on.get_absolute_url()}take-out/", said).status_code == 302
    newest = DirectoryExport.objects.order_by("-pk").first()
    return client.get(reverse("experts:export_file", args=[newest.pk])).content


class TestComingOn:
    def test_on_pages_from_nomination_to_the_list(self, client: Client, expert) -> None:
        on, by = roster(), speaker()
        people.sign_in(client, by)
        said = {"voice": voice(by).key, "person": f"http://testserver/experts/{expert.expert_profile.slug}/"}
        answer = client.post(f"/rosters/{on.slug}/nominate/", said | {"why": "Knows papyrus."}, follow=True)
        assert answer.status_code == 200, answer.context["form"].errors
        entry = RosterEntry.objects.get()
        assert [one.subject for one in told(expert)] == ["Kenya nominates you for “Peer reviewers”"]
        assert expert.name not in client.get(on.get_absolute_url()).content.decode()
        people.sign_in(client, expert)
        assert "Knows papyrus." in client.get("/rosters/mine/").content.decode()
        client.post(reverse("rosters:act", args=[entry.pk, "accept"]))
        assert any("waits for approval" in one.subject for one in told(keeper()))
        people.sign_in(client, keeper())
        assert expert.name in client.get(f"/rosters/{on.slug}/keep/").content.decode()
        client.post(reverse("rosters:act", args=[entry.pk, "approve"]))
        entry.refresh_from_db()
        assert entry.until == months_later(TODAY(), 48)
        people.sign_in(client, people.stranger())
        shown = client.get(on.get_absolute_url()).content.decode()
        assert expert.name in shown
        assert "nominated by Kenya" in shown
        assert on.name in client.get(f"/experts/{expert.expert_profile.slug}/").content.decode()
        assert expert.name in client.get(f"/rosters/{on.slug}/feed.atom").content.decode()

    def test_oneself_only_where_the_roster_says_so(self, client: Client, expert) -> None:
        people.sign_in(client, expert)
        assert client.get(f"/rosters/{roster('Closed').slug}/nominate/").status_code == 403
        on = roster("Open", self_nomination=True)
        assert client.post(f"/rosters/{on.slug}/nominate/", {"voice": "myself"}).status_code == 302
        entry = RosterEntry.objects.get()
        assert entry.accepted_at
        assert not entry.approved_at
        with pytest.raises(Refused):
            actions.nominate(viewer=people.viewer(expert), roster=on, person=expert, voice=None)

    def test_nobody_in_the_name_of_others_puts_herself_forward(self, client: Client) -> None:
        by, on = speaker(), roster(self_nomination=True)
        published(by)
        with pytest.raises(PermissionDenied):
            nominated(by, on, by)
        people.sign_in(client, by)
        said = {"voice": voice(by).key, "person": by.expert_profile.slug}
        assert client.post(f"/rosters/{on.slug}/nominate/", said).status_code == 422

    def test_a_keeper_decides_nothing_about_herself(self) -> None:
        on = roster()
        entry = nominated(keeper(), on)
        actions.accept_nomination(viewer=keeping(), entry=entry)
        for deed in (actions.approve, actions.renew):
            with pytest.raises(PermissionDenied):
                deed(viewer=keeping(), entry=entry)
        with pytest.raises(PermissionDenied):
            actions.take_off(viewer=keeping(), entry=entry, reason="x")

    @pytest.mark.parametrize(
        "who", ["member", "moderator", "secretariat", "administrator", "barred", "stranger"]
    )
    def test_nobody_else_does_any_of_it(self, client: Client, expert, who: str) -> None:
        on, someone = roster(), getattr(people, who)()
        entry = listed(expert, on)
        viewer = people.viewer(someone)
        for deed in (
            actions.accept_nomination, actions.approve, actions.leave_roster, actions.renominate,
            actions.renew, actions.confirm_own, actions.confirm_for,
        ):  # fmt: skip
            with pytest.raises(PermissionDenied):
                deed(viewer=viewer, entry=entry)
        with pytest.raises(PermissionDenied):
            actions.nominate(viewer=viewer, roster=on, person=expert, voice=voice(speaker()))
        people.sign_in(client, someone)
        inside = someone.is_authenticated and someone.is_active
        for verb in ("accept", "leave", "confirm", "speak", "approve", "renominate", "renew"):
            path = reverse("rosters:act", args=[entry.pk, verb])
            assert client.post(path).status_code == (404 if inside else 302)
        assert client.get(reverse("rosters:entry", args=[entry.pk])).status_code == (404 if inside else 302)
        assert client.get(f"/rosters/{on.slug}/keep/").status_code == (403 if inside else 302)
        assert RosterEntry.objects.active().count() == 1

    def test_taken_off_with_a_reason_that_she_reads(self, client: Client, expert) -> None:
        entry = listed(expert, roster())
        people.sign_in(client, keeper())
        path = reverse("rosters:write", args=[entry.pk, "off"])
        assert client.post(path, {"reason": " "}).status_code == 422
        assert client.post(path, {"reason": "Has moved to the press."}).status_code == 302
        assert "Has moved to the press." in told(expert, "roster_answer")[-1].text
        people.sign_in(client, expert)
        assert "Has moved to the press." in client.get("/rosters/mine/").content.decode()

    def test_what_was_asked_of_her_and_the_thanks(self, client: Client, expert) -> None:
        entry = listed(expert, roster())
        people.sign_in(client, keeper())

        def write(deed: str, **said):
            return client.post(reverse("rosters:write", args=[entry.pk, deed]), said)

        assert write("assignment", what="Chapter 3", since="2026-03-01").status_code == 302
        done = entry.assignments.get()
        assert write(str(done.pk), words="").status_code == 422
        assert write(str(done.pk), words="It is a better chapter now.").status_code == 302
        assert write(str(done.pk), words="Twice.").status_code == 422
        assert [one.text for one in told(expert, "roster_thanked")] == ["It is a better chapter now."]
        mine = people.sign_in(client, expert).get("/rosters/mine/").content.decode()
        assert "Chapter 3" in mine
        assert "It is a better chapter now." in mine
        assert (
            "Chapter 3"
            not in people.sign_in(client, people.member())
            .get(entry.roster.get_absolute_url())
            .content.decode()
        )


class TestStayingTrue:
    def test_silence_is_asked_reminded_marked_warned_and_only_then_ended(self, expert, passes) -> None:
        entry = listed(expert, roster())
        assert keeping_true.keep_rosters() == 0
        texts = []
        for _day in range(300):
            before = RosterEvent.objects.count()
            passes(1)
            if RosterEntry.objects.get(pk=entry.pk).ended_at:
                break
            if RosterEvent.objects.count() > before:
                texts.append(told(expert, "still_true")[-1].text)
        assert len(texts) == 4
        assert all("you leave the roster on" in text for text in texts)
        assert steps(entry) == [
            "nominated", "accepted", "approved", "asked", "reminded", "stale", "warned", "ended",
        ]  # fmt: skip
        entry.refresh_from_db()
        assert entry.ending == "stale"
        taken = dict(RosterEvent.objects.filter(entry=entry).values_list("step", "at"))
        named = RosterEvent.objects.get(entry=entry, step="warned").day
        assert timezone.localtime(taken["ended"]).date() >= named, (
            "not a day before the one that she was told"
        )
        assert taken["ended"] - taken["warned"] > timedelta(days=13)
        assert "You are not on the roster" in told(expert, "roster_answer")[-1].subject
        assert any("is not on the roster" in one.subject for one in told(keeper(), "roster_answer"))

    def test_a_worker_that_slept_for_years_skips_no_notice(self, expert, passes) -> None:
        entry = listed(expert, roster())
        passes(3000)
        assert steps(entry)[3:] == ["term_told", "asked"]
        for _hour in range(5):
            passes(0)
        assert steps(entry)[3:] == ["term_told", "asked"]
        assert RosterEntry.objects.active().exists()
        passes(1)
        assert steps(entry)[-1] == "term_warned"
        passes(8)
        entry.refresh_from_db()
        assert entry.ending == "expired"

    def test_a_worker_killed_in_the_middle_does_each_step_once(self, expert, passes, monkeypatch) -> None:
        on = roster()
        entries = [listed(person(number), on) for number in range(4)]
        passes(200, work=False)
        announce, calls = keeping_true.announce, []

        def dies(*args, **kwargs):
            calls.append(1)
            if len(calls) == 3:
                raise KeyboardInterrupt
            return announce(*args, **kwargs)

        monkeypatch.setattr(keeping_true, "announce", dies)
        with pytest.raises(KeyboardInterrupt):
            keeping_true.keep_rosters()
        monkeypatch.setattr(keeping_true, "announce", announce)
        assert [steps(entry).count("asked") for entry in entries] == [1, 1, 0, 0]
        assert keeping_true.keep_rosters() == 2
        assert keeping_true.keep_rosters() == 0
        assert [steps(entry).count("asked") for entry in entries] == [1] * 4
        while work_off():
            pass
        assert Notification.objects.filter(kind="experts.still_true").count() == 4

    def test_the_link_confirms_by_its_button_once(self, client: Client, expert, passes) -> None:
        entry = listed(expert, roster())
        passes(200)
        [mail_told] = told(expert, "still_true")
        assert mail_told.url.startswith("/rosters/still-true/")
        for _scanner in range(3):
            opened = client.get(mail_told.url)
            client.head(mail_told.url)
            client.options(mail_told.url)
        assert opened.status_code == 200
        assert opened["X-Robots-Tag"] == "noindex"
        entry.refresh_from_db()
        assert entry.verified_at is None, "looking confirms nothing"
        assert client.post(mail_told.url).status_code == 200
        entry.refresh_from_db()
        assert (entry.verified_way, entry.asked_at, entry.round) == ("link", None, 1)
        assert client.post(mail_told.url).status_code == 422
        assert told(expert, "still_true") == [], "a mail that still waits has nothing left to say"
        passes(200)
        assert client.post(mail_told.url).status_code == 422, "an old link is good for nothing"
        assert client.post(told(expert, "still_true")[-1].url).status_code == 200

    @pytest.mark.parametrize(
        "forge",
        [lambda t: t[:-2] + ("aa" if t[-2:] != "aa" else "bb"), lambda t: "x", lambda t: "WzEsMV0:abc:def"],
    )
    def test_nobody_makes_a_link_up(self, client: Client, expert, passes, forge) -> None:
        entry = listed(expert, roster())
        passes(200)
        token = once_links.address(entry.pk, 1).rstrip("/").rpartition("/")[2]
        assert client.post(f"/rosters/still-true/{forge(token)}/").status_code == 404

    def test_answering_the_mail_with_yes(self, expert, passes) -> None:
        entry = listed(expert, roster())
        passes(200)
        to = told(expert, "still_true")[0].reply_to
        assert to == answer_address(entry.pk, 1)
        no = arrives(mail(expert.email, to, "Please take me off this list."), to)
        assert no.state == IncomingState.RETURNED
        machine = arrives(mail(expert.email, to, "Yes", Auto_Submitted="auto-replied"), to)
        assert machine.state == IncomingState.IGNORED
        other = arrives(mail(people.member().email, to, "Yes"), to)
        assert other.state == IncomingState.RETURNED
        entry.refresh_from_db()
        assert entry.verified_at is None
        assert arrives(mail(expert.email, to, "Yes, still true.\n\nAmina"), to).state == IncomingState.DONE
        entry.refresh_from_db()
        assert entry.verified_way == "mail"
        assert arrives(mail(expert.email, to, "Yes"), to).state == IncomingState.RETURNED

    def test_an_officer_speaks_for_those_who_are_offline(self, client: Client, expert, passes) -> None:
        office, officer, other = organization("Lake"), people.person("officer"), people.person("other")
        belongs_to(officer, office, officer=True)
        belongs_to(other, organization("Sea"), officer=True)
        belongs_to(expert, office)
        entry = listed(expert, roster())
        passes(200)
        passes(22)
        passes(10)
        assert "has not said" in told(officer, "roster_office")[0].subject
        path = reverse("rosters:act", args=[entry.pk, "speak"])
        assert people.sign_in(client, other).post(path).status_code == 404
        assert people.sign_in(client, expert).post(path).status_code == 404
        assert people.sign_in(client, officer).post(path).status_code == 302
        entry.refresh_from_db()
        assert (entry.verified_way, entry.stale_at) == ("officer", None)
        assert "An officer of your organization says" in told(expert, "roster_confirmed")[0].subject

    def test_the_unconfirmed_sink_and_are_marked_in_words(self, client: Client, passes) -> None:
        on = roster()
        quiet, loud = person(1, "Aaron First"), person(2, "Zeta Last")
        for who in (quiet, loud):
            published(who)
            listed(who, on)
        passes(200)
        actions.confirm_own(viewer=people.viewer(loud), entry=RosterEntry.objects.get(person=loud))
        passes(22)
        passes(10)
        shown = client.get(on.get_absolute_url()).content.decode()
        assert shown.index("Zeta Last") < shown.index("Aaron First")
        assert "Not confirmed" in shown
        fresh = client.get(f"{on.get_absolute_url()}?fresh=yes").content.decode()
        assert "Aaron First" not in fresh

    def test_another_term_follows_the_one_that_runs(self, client: Client, expert, passes) -> None:
        by = speaker()
        entry = listed(expert, roster(valid_months=6, check_months=60), by)
        ends = entry.until
        with pytest.raises(Refused):
            actions.renominate(viewer=people.viewer(by), entry=entry)
        passes(100)
        assert "The term of Amina Wanjiru" in told(by, "roster_term")[0].subject
        people.sign_in(client, by).post(reverse("rosters:act", args=[entry.pk, "renominate"]))
        assert "another term" in told(keeper(), "roster_waiting")[-1].subject
        people.sign_in(client, keeper())
        assert "Put forward again" in client.get(f"/rosters/{entry.roster.slug}/keep/").content.decode()
        client.post(reverse("rosters:act", args=[entry.pk, "renew"]))
        entry.refresh_from_db()
        assert entry.until == months_later(ends, 6)
        passes(100)
        assert RosterEntry.objects.active().exists()

    @given(day=st.dates(date(1990, 1, 1), date(2100, 1, 1)), months=st.integers(1, 200))
    def test_months_are_never_shorter_than_a_month(self, day: date, months: int) -> None:
        later = months_later(day, months)
        assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
        assert later.day == day.day or (later + timedelta(days=1)).day == 1

    @pytest.mark.parametrize("words", ["yes", " Yes, still.", "Oui.", "Sí", "Да", "نعم", "是的", "«Oui»"])
    def test_yes_in_six_languages(self, words: str) -> None:
        assert means_yes(words)

    @pytest.mark.parametrize("words", ["", "No", "yesterday I left", "Please remove me", "silencio", "дача"])
    def test_nothing_else_is_a_yes(self, words: str) -> None:
        assert not means_yes(words)


class TestRunning:
    def values(self, **said) -> dict:
        return {"name": "Mentors", "mandate": "Mentor.", "valid_months": 12, "check_months": 6} | said

    def test_the_secretariat_opens_edits_and_closes(self, client: Client, expert) -> None:
        people.sign_in(client, people.secretariat())
        assert client.post("/rosters/add/", self.values()).status_code == 302
        on = Roster.objects.get()
        keep = client.post(f"/rosters/{on.slug}/keepers/", {"email": keeper().email})
        assert keep.status_code == 302
        stale = client.post(f"/rosters/{on.slug}/edit/", self.values(version=0, mandate="Mine"))
        assert stale.status_code == 422
        assert "Mine" in stale.content.decode()
        assert (
            client.post(f"/rosters/{on.slug}/edit/", self.values(version=1, name="Guides")).status_code == 302
        )
        entry = listed(expert, on)
        only = on.keepers.get()
        client.post(reverse("rosters:end-keeper", args=[on.slug, only.pk]))
        only.refresh_from_db()
        assert only.until is None, "never the last one"
        client.post(f"/rosters/{on.slug}/close/")
        entry.refresh_from_db()
        assert entry.ending == "closed"
        assert told(expert, "roster_answer")

    def test_a_roster_whose_last_keeper_leaves_the_network_is_told_of(self) -> None:
        secretariat, on = people.secretariat(), roster()
        personal_data.get("rosters").erase(keeper(), True)
        [said] = told(secretariat, "roster_without_keeper")
        assert said.url == f"/rosters/{on.slug}/keepers/"

    @pytest.mark.parametrize(
        "said", [{"name": ""}, {"valid_months": 0}, {"check_months": "x"}, {"mandate": "x" * 5001}]
    )
    def test_bad_input(self, client: Client, said: dict) -> None:
        people.sign_in(client, people.secretariat())
        assert client.post("/rosters/add/", self.values(**said)).status_code == 422
        assert not Roster.objects.exists()

    def test_two_who_edit_at_once(self) -> None:
        on = roster()
        values = {"name": "A", "mandate": "B"}
        actions.save_roster(viewer=SECRETARIAT, roster=on, values=values, version=on.version)
        with pytest.raises(StaleEdit):
            actions.save_roster(viewer=SECRETARIAT, roster=on, values=values, version=on.version)

    def test_who_hides_stands_on_no_page_feed_or_table(self, client: Client, expert) -> None:
        on = roster()
        listed(expert, on)
        ExpertProfile.objects.filter(user=expert).update(name_visibility=2)
        for path in ("", "feed.atom"):
            assert expert.name not in client.get(f"{on.get_absolute_url()}{path}").content.decode()
        people.sign_in(client, people.member())
        assert expert.name in taken_out(client, on, "csv").decode()
        seen = next(iter(listpersonal.looks(expert)))
        assert (seen.who, seen.purpose) == (people.member(), "To find three reviewers")
        actions.hide(viewer=people.viewer(expert))
        told = client.post(f"{on.get_absolute_url()}take-out/", {"format": "csv", "purpose": "x" * 20})
        assert told.status_code == 422
        short = client.post(f"{on.get_absolute_url()}take-out/", {"format": "vcard", "purpose": "short"})
        assert short.status_code == 422
        assert "short" in short.content.decode()

    def test_a_table_runs_no_cell(self, client: Client) -> None:
        on = roster("=1+1: a/b'")
        who = person(1, "=cmd|' /C calc'!A0")
        published(who, designation="@SUM(A1)")
        listed(who, on)
        assert client.get(f"{on.get_absolute_url()}take-out/").status_code == 302
        people.sign_in(client, people.member())
        assert "'=cmd|" in taken_out(client, on, "csv").decode()
        book = load_workbook(io.BytesIO(taken_out(client, on, "xlsx")))
        cell = book.active["A2"]
        assert (cell.data_type, cell.value[:2]) == ("s", "'=")

    def test_filters_count_only_what_shows(self, client: Client, expert) -> None:
        on = roster()
        listed(expert, on)
        other = person(1)
        published(other)
        listed(other, on)
        assert client.get(f"{on.get_absolute_url()}?country=XX%00").status_code == 200
        assert client.get(f"{on.get_absolute_url()}?cursor=junk").status_code == 404

    def test_many_people_cost_what_one_does(self, client: Client) -> None:
        on = roster()

        def cost() -> int:
            client.get(on.get_absolute_url())
            with CaptureQueriesContext(connection) as asked:
                assert client.get(on.get_absolute_url()).status_code == 200
            return len(asked)

        for number in range(2):
            published(person(number))
            listed(person_of(number), on)
        few = cost()
        for number in range(2, 8):
            published(person(number))
            listed(person_of(number), on)
        assert cost() == few


def person_of(number: int):
    return people.User.objects.get(email=f"person{number}@example.org")
