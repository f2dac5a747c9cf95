"""One edition with a nomination at every stage, every deed of the procedure on it, and who may do it."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from network.awards import actions as awards
from network.awards.enums import SCORED
from network.awards.models import EarlyNotice, Edition, Nomination, Support
from network.calls import actions as engine
from network.calls.models import Assignment, Call, Case, Event, PanelMember
from network.foundations.exceptions import Refused
from network.organizations.models import Affiliation, Organization
from tests import people
from tests.awards import stage

SCORES = dict.fromkeys(SCORED, 3)


@dataclass
class World:
    """``who`` are all that try everything; ``at`` is the nomination at each stage."""

    edition: Edition
    out: Edition
    who: dict[str, Any]
    at: dict[str, Nomination]
    support: Support
    invited: PanelMember
    accepted: PanelMember
    notice: EarlyNotice

    def case(self, name: str) -> Case:
        return Case.objects.get(pk=self.at[name].case_id)

    def call(self) -> Call:
        return Call.objects.get(pk=self.edition.call_id)


def build() -> World:
    clerk, executive = people.secretariat(), stage.executive()
    award = stage.edition("2026", quorum=2, discussion=True)
    jurors = [stage.juror(award), stage.juror(award, "second-juror"), stage.juror(award, "kenyan", "KE")]
    invited = engine.seat_juror(call=award.call, person=people.person("invited"), by=clerk)
    accepted = engine.seat_juror(call=award.call, person=people.person("accepted"), by=clerk)
    engine.answer_seat(member=accepted, accepts=True, languages=["en"], by=people.person("accepted"))
    at = {"draft": stage.draft(award, "KE"), "letter": stage.by_letter(award, "FR")}
    host = Organization.objects.create(slug="tied", name="The host of most sites")
    tied = people.person("tied-officer", "Marta Blom", people.Role.SECRETARIAT)
    for who in (tied, stage.juror(award, "helper")):
        Affiliation.objects.create(person=who, organization=host)
    Affiliation.objects.create(
        person=executive, organization=Organization.objects.create(slug="elsewhere", name="Elsewhere")
    )
    at["handed"] = _hosted(stage.handed_in(award, "UG"), host)
    at["jury"] = _screened(_hosted(stage.handed_in(award, "TZ"), host))
    at["talk"] = _scored(_screened(_hosted(stage.handed_in(award, "RW"), host)), jurors[:2])
    at["decide"] = _scored(_screened(_hosted(stage.handed_in(award, "BI"), host)), jurors[:2])
    engine.close_discussion(case=at["decide"].case, by=clerk)
    at["sealed"] = _scored(_screened(_hosted(stage.handed_in(award, "MA"), host)), jurors[:2])
    engine.close_discussion(case=at["sealed"].case, by=clerk)
    engine.decide(case=at["sealed"].case, outcome="gold", by=executive)
    notice = awards.tell_early(
        nomination=at["sealed"], name="A", email="first@b.example", reason="Stage", by=executive
    )
    at["asked"] = _scored(_screened(_hosted(stage.handed_in(award, "SN"), host)), jurors[:2])
    engine.close_discussion(case=at["asked"].case, by=clerk)
    awards.ask_facts(nomination=at["asked"], asked="Is the forum open?", by=clerk)
    body = Organization.objects.create(slug="host", name="Host")
    support = awards.name_supporter(
        nomination=at["draft"], organization=body, kind="hosted", by=stage.focal_point("KE")
    )
    out = stage.edition("2025", quorum=1, appeal_days=30)
    stage.juror(out, "old-juror")
    at["won"] = stage.decided(out, "TZ")
    at["appealed"] = stage.decided(out, "RW", "none")
    at["may-appeal"] = stage.decided(out, "MA", "none")
    for name in ("won", "appealed", "may-appeal"):
        _hosted(at[name], host)
    engine.raise_conflict(case=at["may-appeal"].case, person=tied, reason="Host", by=clerk)
    stage.close(out)
    engine.release(call=out.call, by=clerk)
    awards.appeal(nomination=at["appealed"], text="The file was not read.", by=stage.focal_point("RW"))
    who = {
        "stranger": people.stranger(), "member": people.member(), "administrator": people.administrator(),
        "editor": people.editor(), "steward": people.steward(), "barred": people.barred(),
        "secretariat": clerk, "executive": executive, "third": _third(),
        "tied": tied, "helper": people.person("helper"),
        "old-juror": people.person("old-juror"),
        "juror": jurors[0], "second": jurors[1], "kenyan": jurors[2],
        "invited": people.person("invited"), "accepted": people.person("accepted"),
        **{
            f"fp-{code}": stage.focal_point(code)
            for code in ("KE", "FR", "UG", "TZ", "RW", "BI", "SN", "MA")
        },
    }  # fmt: skip
    return World(award, out, who, at, support, invited, accepted, notice)


def _third():
    """One more of the secretariat: she has had no part in anything."""
    return people.person("third-officer", "Ana Lima", people.Role.SECRETARIAT)


def _hosted(nomination: Nomination, host: Organization) -> Nomination:
    """Unless it says so already, from the Party's nomination before."""
    if not nomination.supports.filter(organization=host).exists():
        awards.name_supporter(
            nomination=nomination, organization=host, kind="hosted", by=people.secretariat()
        )
    return nomination


def _screened(nomination: Nomination) -> Nomination:
    engine.screen(case=nomination.case, outcome="eligible", by=people.secretariat())
    return nomination


def _scored(nomination: Nomination, jurors: list) -> Nomination:
    """The two have scored, and it goes on without the third."""
    for who in jurors:
        stage.score(nomination, who)
    left = Assignment.objects.get(case=nomination.case, state="assigned")
    engine.excuse(assignment=left, by=stage.executive())
    return nomination


UNTIED = {"secretariat", "executive", "third"}
#: One of the secretariat works for the body that hosts most of the sites.
OFFICE = UNTIED | {"tied"}
JURY = {"juror", "second", "kenyan"}


@dataclass(frozen=True)
class Deed:
    """``do(world, by)`` tries it; ``right`` are those who may."""

    do: Callable[[World, Any], Any]
    right: set[str]


def _in(days: float):
    return timezone.now() + timedelta(days=days)


def _laureate(world: World):
    return world.out.laureates.get()


def _active(world: World) -> Assignment:
    return Assignment.objects.get(case=world.at["jury"].case, member__person=world.who["second"])


def _edit(world: World, by: Any) -> Any:
    nomination = Nomination.objects.get(pk=world.at["draft"].pk)
    return awards.save_nomination(
        nomination=nomination, answers=stage.ANSWERS, version=nomination.version, by=by
    )


DEEDS: dict[str, Deed] = {
    # The call.
    "open_edition": Deed(lambda w, by: awards.open_edition(
        slug="2030", names={"en": "2030"}, year=2030, opens_at=_in(1), closes_at=_in(2), by=by), OFFICE),
    "open_call": Deed(lambda w, by: engine.open_call(call=Call.objects.create(
        slug="bare", procedure="award", opens_at=_in(1), closes_at=_in(2), rules=w.call().rules),
        by=by), OFFICE),
    "extend": Deed(lambda w, by: engine.extend(
        call=w.call(), closes_at=_in(9), reason="Why", by=by), OFFICE),
    "put_question": Deed(lambda w, by: awards.put_question(
        edition=w.edition, kind="text", words={"en": "Why?"}, reason="Why", by=by), OFFICE),
    "amend_rules": Deed(lambda w, by: engine.amend_rules(
        call=w.call(), rules={**w.call().rules, "quorum": 3}, reason="Why", by=by), OFFICE),
    "grant_late_entry": Deed(lambda w, by: engine.grant_late_entry(
        call=w.call(), party=stage.country("MX"), until=_in(9), reason="Why", by=by), OFFICE),
    "plan_release": Deed(lambda w, by: engine.plan_release(call=w.call(), release_at=_in(9), by=by), OFFICE),
    "release": Deed(lambda w, by: engine.release(call=_closed(), by=by), OFFICE),
    # Bringing.
    "start_case": Deed(lambda w, by: engine.start_case(
        call=w.out_open().call, party=stage.country("KE"), by=by), {"fp-KE"}),
    "start_nomination": Deed(lambda w, by: awards.start_nomination(
        edition=w.out_open(), party=stage.country("KE"), by=by), {"fp-KE"}),
    "enter_letter": Deed(lambda w, by: awards.enter_letter(
        edition=w.edition, party=stage.country("MX"), letter_of=timezone.now().date(), by=by), OFFICE),
    "save_nomination": Deed(_edit, {"fp-KE"}),
    "submit": Deed(lambda w, by: engine.submit(case=w.case("draft"), by=by), {"fp-KE"}),
    "name_supporter": Deed(lambda w, by: awards.name_supporter(
        nomination=w.at["draft"], organization=w.support.organization, kind="built", by=by), {"fp-KE"}),
    "forget_supporter": Deed(lambda w, by: awards.forget_supporter(support=w.support, by=by), {"fp-KE"}),
    "endorse": Deed(lambda w, by: engine.endorse(case=w.case("letter"), by=by), {"fp-FR"}),
    "send_link": Deed(lambda w, by: engine.send_link(
        case=w.case("letter"), email="office@ministry.example", by=by), OFFICE),
    "ask_look": Deed(lambda w, by: awards.ask_look(nomination=w.at["handed"], by=by), UNTIED),
    "note_site": Deed(lambda w, by: awards.note_site(
        party=stage.country("MX"), url="https://mx.chm.example/", by=by), OFFICE),
    "screen": Deed(lambda w, by: engine.screen(case=w.case("handed"), outcome="eligible", by=by), UNTIED),
    # The jury.
    "seat_juror": Deed(lambda w, by: engine.seat_juror(call=w.call(), person=people.expert(), by=by), OFFICE),
    "answer_seat": Deed(lambda w, by: engine.answer_seat(
        member=w.invited, accepts=True, languages=["en"], by=by), {"invited"}),
    "disclose": Deed(lambda w, by: engine.disclose(member=w.accepted, conflicted=[], by=by), {"accepted"}),
    "raise_conflict": Deed(lambda w, by: engine.raise_conflict(
        case=w.case("jury"), person=w.who["second"], reason="Why", by=by), OFFICE),
    "substitute": Deed(lambda w, by: _ready_to_sit(w) and engine.substitute(
        case=w.case("jury"), member=w.accepted, by=by), OFFICE),
    "name_interpreter": Deed(lambda w, by: engine.name_interpreter(
        assignment=_active(w), name="Awa Diop", by=by), OFFICE),
    "excuse": Deed(lambda w, by: engine.excuse(assignment=_active(w), by=by), OFFICE),
    "submit_review": Deed(lambda w, by: engine.submit_review(
        case=w.case("jury"), scores=SCORES, reasons={}, by=by), JURY),
    "keep_draft": Deed(lambda w, by: engine.keep_draft(
        case=w.case("jury"), scores=SCORES, reasons={}, by=by), JURY),
    "recuse": Deed(lambda w, by: engine.recuse(case=w.case("jury"), reason="Why", by=by), JURY),
    "remark": Deed(lambda w, by: engine.remark(case=w.case("talk"), text="Hm", by=by), {"juror", "second"}),
    "rescore": Deed(lambda w, by: engine.rescore(
        case=w.case("talk"), scores=SCORES, reasons={}, by=by), {"juror", "second"}),
    "close_discussion": Deed(lambda w, by: engine.close_discussion(case=w.case("talk"), by=by), OFFICE),
    # The result.
    "ask_facts": Deed(lambda w, by: awards.ask_facts(nomination=w.at["decide"], asked="Why", by=by), OFFICE),
    "answer_facts": Deed(lambda w, by: awards.answer_facts(
        nomination=w.at["asked"], answer="So", by=by), {"fp-SN"}),
    "decide": Deed(lambda w, by: engine.decide(case=w.case("decide"), outcome="gold", by=by),
                   {"executive", "third"}),
    "tell_early": Deed(lambda w, by: awards.tell_early(
        nomination=w.at["sealed"], name="A", email="a@b.example", reason="Stage", by=by), UNTIED),
    "revoke_early": Deed(lambda w, by: awards.revoke_early(notice=w.notice, by=by), UNTIED),
    "give_leave": Deed(lambda w, by: awards.give_leave(
        nomination=w.at["won"], answers=["content"], by=by), {"fp-TZ"}),
    "take_back_leave": Deed(lambda w, by: awards.take_back_leave(
        nomination=w.at["won"], by=by), {"fp-TZ"}),
    "correct_result": Deed(lambda w, by: awards.correct_result(
        laureate=_laureate(w), medal="silver", site_name="", site_url="", reason="Why", by=by), OFFICE),
    "revoke_result": Deed(lambda w, by: awards.revoke_result(
        laureate=_laureate(w), reason="Why", by=by), OFFICE),
    "appeal": Deed(lambda w, by: awards.appeal(nomination=w.at["won"], text="Why", by=by), {"fp-TZ"}),
    "decide_appeal": Deed(lambda w, by: awards.decide_appeal(
        nomination=w.at["appealed"], upheld=False, answer="So", by=by), {"third"}),
}  # fmt: skip


def _closed() -> Call:
    """One more edition, over and without a nomination."""
    award = stage.edition("2031")
    stage.close(award)
    return award.call


def _ready_to_sit(world: World) -> bool:
    PanelMember.objects.filter(pk=world.accepted.pk).update(disclosed_at=timezone.now())
    return True


def _out_open(world: World) -> Edition:
    """The past edition as if it were open still."""
    now = timezone.now()
    Call.objects.filter(pk=world.out.call_id).update(closes_at=now + timedelta(days=1), released_at=None)
    return Edition.objects.get(pk=world.out.pk)


World.out_open = _out_open


def deeds_of_the_code() -> set[str]:
    """Every action that somebody does: those that ask who she is."""
    found = set()
    for module in (engine, awards):
        for name in module.__all__:
            thing = getattr(module, name)
            if inspect.isfunction(thing) and "by" in inspect.signature(thing).parameters:
                found.add(name)
    return found


class _Undone(Exception):
    pass


def lets_in(world: World, deed: Deed, who: str) -> bool:
    """Whether the deed lets her; whatever it did is undone."""
    before = Event.objects.count()
    try:
        with transaction.atomic():
            deed.do(world, world.who[who])
            raise _Undone
    except _Undone:
        return True
    except Refused:
        return True  # allowed to ask, and told why it cannot be
    except PermissionDenied:
        assert Event.objects.count() == before
        return False
