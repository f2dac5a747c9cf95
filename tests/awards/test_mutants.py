"""Each rule of the two policy modules, taken away: somebody then gets what is not hers, and it shows."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from network.awards import actions as awards
from network.awards import policies
from network.awards.models import Support
from network.calls import actions as engine
from network.calls import conflicts
from network.calls import policies as engine_policies
from network.calls.models import Assignment
from network.calls.procedures import procedures
from network.organizations.models import Affiliation
from tests import people
from tests.calls.arranged import DEEDS, OFFICE, UNTIED, Deed, World, build, lets_in

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Page:
    """``of(world)`` is its address; ``right`` are those who are let in."""

    of: Callable[[World], str]
    right: set[str]


PAGES = {
    "desk": Page(lambda w: f"{w.edition.get_absolute_url()}desk/", OFFICE),
    "feedback": Page(lambda w: f"{w.at['won'].get_absolute_url()}feedback/", {*OFFICE, "fp-TZ"}),
    "feedback before": Page(lambda w: f"{w.at['sealed'].get_absolute_url()}feedback/", set()),
    "letter before": Page(lambda w: f"{w.at['sealed'].get_absolute_url()}feedback/letter.pdf", UNTIED),
    "dossier": Page(lambda w: f"{w.out.get_absolute_url()}dossier.zip", UNTIED),
    "dossier before": Page(lambda w: f"{w.edition.get_absolute_url()}dossier.zip", set()),
    "discussion": Page(
        lambda w: f"{w.at['talk'].get_absolute_url()}discussion/", {*OFFICE, "juror", "second"}
    ),
    "discussion before": Page(lambda w: f"{w.at['jury'].get_absolute_url()}discussion/", set()),
}


def _late(days: float, do: Callable) -> Callable:
    def later(world: World, by: Any) -> Any:
        now = timezone.now()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(timezone, "now", lambda: now + timedelta(days=days))
            return do(world, by)

    return later


#: Deeds that nobody may do: too early, too late, or where there is nothing of the kind.
NEVER = {
    "appeal late": _late(40, DEEDS["appeal"].do),
    "look late": _late(3, DEEDS["ask_look"].do),
    "tell of no award": lambda w, by: awards.tell_early(
        nomination=w.at["may-appeal"], name="A", email="a@b.example", reason="Stage", by=by
    ),
    "tell undecided": lambda w, by: awards.tell_early(
        nomination=w.at["decide"], name="A", email="a@b.example", reason="Stage", by=by
    ),
    "leave of no award": lambda w, by: awards.give_leave(
        nomination=w.at["appealed"], answers=["content"], by=by
    ),
    "leave before": lambda w, by: awards.give_leave(nomination=w.at["sealed"], answers=["content"], by=by),
    "facts early": lambda w, by: awards.ask_facts(nomination=w.at["jury"], asked="Why", by=by),
    "facts decided": lambda w, by: awards.ask_facts(nomination=w.at["sealed"], asked="Why", by=by),
    "supporter when out": lambda w, by: awards.name_supporter(
        nomination=w.at["won"], organization=w.support.organization, kind="built", by=by
    ),
    "edit handed": lambda w, by: awards.save_nomination(
        nomination=w.at["handed"], answers={}, version=w.at["handed"].version, by=by
    ),
    "screen jury": lambda w, by: engine.screen(case=w.case("jury"), outcome="eligible", by=by),
    "decide talk": lambda w, by: engine.decide(case=w.case("talk"), outcome="gold", by=by),
    "endorse draft": lambda w, by: engine.endorse(case=w.case("draft"), by=by),
    "link for draft": lambda w, by: engine.send_link(case=w.case("draft"), email="a@b.example", by=by),
    "amend when out": lambda w, by: engine.grant_late_entry(
        call=w.out.call,
        party=w.at["won"].case.party,
        reason="W",
        by=by,
        until=timezone.now() + timedelta(days=9),
    ),
    "remark at the jury": lambda w, by: engine.remark(case=w.case("jury"), text="Hm", by=by),
    "close the jury": lambda w, by: engine.close_discussion(case=w.case("jury"), by=by),
    "conflict when out": lambda w, by: engine.raise_conflict(
        case=w.case("won"), person=w.who["second"], reason="W", by=by
    ),
}


def noticed(world: World, where: list[str]) -> bool:
    """Whether one of these lets somebody in who has no right, keeps somebody out who has, or breaks."""
    try:
        return any(_differs(world, name) for name in where)
    except Exception:
        return True  # a deed that nobody was to reach


def _differs(world: World, name: str) -> bool:
    if name in PAGES:
        return any(_opens(world, name, who) is not (who in PAGES[name].right) for who in world.who)
    deed = DEEDS.get(name) or Deed(NEVER[name], set())
    return any(lets_in(world, deed, who) is not (who in deed.right) for who in world.who)


def _opens(world: World, name: str, who: str) -> bool:
    client = people.sign_in(Client(raise_request_exception=False), world.who[who])
    return client.get(PAGES[name].of(world)).status_code == 200


def yes(*args: Any) -> bool:
    return True


def _manages(viewer, case) -> bool:
    return viewer.has("role:secretariat")


def _awards(name: str, mutant: Callable) -> Callable:
    return lambda patch: patch.setattr(policies, name, mutant)


def _engine(name: str, mutant: Callable) -> Callable:
    return lambda patch: patch.setattr(engine_policies, name, mutant)


def _procedure(**changes: Any) -> Callable:
    """The award as the engine knows it, with other answers."""

    def mutate(patch: pytest.MonkeyPatch) -> None:
        patch.setitem(procedures._entries, "award", replace(procedures.get("award"), **changes))

    return mutate


def _tie(found: Callable) -> Callable:
    return _procedure(tie=found)


def _no_tie_at_all(patch: pytest.MonkeyPatch) -> None:
    for module in (conflicts, policies, engine_policies):
        patch.setattr(module, "tie_of", lambda person, case: "")


def _without_part(left_out: str) -> Callable:
    """An appeal may be decided by somebody who had this part in the result."""

    def can(viewer, case) -> bool:
        parts = {
            "panel": case.call.panel.filter(person=viewer.user_id).exists(),
            "screened": case.runs.filter(kind="screen", closed_by=viewer.user_id).exists(),
            "decided": viewer.is_member and case.decisions.filter(decided_by=viewer.user.actor_id).exists(),
        }
        del parts[left_out]
        tied = viewer.is_member and bool(conflicts.tie_of(viewer.user, case))
        return viewer.has("role:secretariat") and not tied and not any(parts.values())

    return _awards("can_decide_appeal", can)


_real = {name: getattr(policies, name) for name in dir(policies) if callable(getattr(policies, name))}
_real_engine = {name: getattr(engine_policies, name) for name in dir(engine_policies)}

#: What is taken away, and where it must show.
MUTANTS: dict[str, tuple[Callable, list[str]]] = {
    # Who brings.
    "any focal point nominates": (
        _procedure(may_submit=lambda viewer, call, party: bool(viewer.ids("focal_point"))),
        ["start_nomination", "submit"],
    ),
    "any member nominates": (_procedure(may_submit=yes), ["start_nomination"]),
    "nobody nominates": (_procedure(may_submit=lambda *args: False), ["start_nomination"]),
    "any focal point endorses": (_engine("can_endorse", yes), ["endorse draft", "endorse"]),
    "handed in and still written": (_engine("can_edit", yes), ["edit handed"]),
    "links for everything": (_engine("can_send_link", yes), ["link for draft"]),
    "anybody types letters": (_engine("can_enter", yes), ["enter_letter"]),
    "anybody manages": (_engine("can_manage", yes), ["extend", "seat_juror"]),
    "amended after the release": (_engine("can_amend", _real_engine["can_manage"]), ["amend when out"]),
    # Ties.
    "no tie through organizations": (_tie(lambda case, person: ""), ["screen", "decide"]),
    "no tie at all": (_no_tie_at_all, ["screen"]),
    "any support is a tie": (
        _tie(lambda case, person: "hosted" if Support.objects.filter(nomination__case=case).exists() else ""),
        ["screen"],
    ),
    "any affiliation is a tie": (
        _tie(lambda case, person: "x" if Affiliation.objects.filter(person=person).exists() else ""),
        ["decide_appeal", "tell_early", "screen"],
    ),
    "supporters named by all": (_awards("can_name_supporters", yes), ["name_supporter"]),
    "supporters named for ever": (
        _awards("can_name_supporters", lambda viewer, case: viewer.has("role:secretariat")
                or _real_engine["can_edit"](viewer, case)),
        ["supporter when out"],
    ),
    "outsiders are not asked for": (_engine("is_outsider", yes), ["screen"]),
    # Screening, scoring, deciding.
    "anybody screens": (_engine("can_screen", yes), ["screen jury"]),
    "the jury decides": (_engine("can_decide", lambda viewer, case: viewer.is_member), ["decide"]),
    "decided at any stage": (_engine("can_decide", lambda viewer, case: viewer.has("role:secretariat")),
                             ["decide talk", "decide"]),
    "everybody of the jury scores": (
        _engine("assignment_of", lambda viewer, case: Assignment.objects.filter(case=case).first()),
        ["submit_review"],
    ),
    "remarks at any stage": (
        _engine("discussing_seat", lambda viewer, case: Assignment.objects.filter(
            case=case, member__person=viewer.user_id).first()),
        ["remark at the jury"],
    ),
    "discussions closed at any stage": (_engine("can_close_discussion", _manages), ["close the jury"]),
    "read before the panel closes": (_engine("can_read_discussion", _manages), ["discussion before"]),
    "read by everybody": (_engine("can_read_discussion", yes), ["discussion"]),
    "conflicts after the release": (_engine("can_raise_conflict", _manages), ["conflict when out"]),
    "anybody substitutes": (_engine("can_substitute", yes), ["substitute"]),
    "answered for others": (_engine("can_answer_seat", yes), ["answer_seat"]),
    "disclosed for others": (_engine("can_disclose", yes), ["disclose"]),
    # Facts, results, appeals.
    "desk for everybody": (_awards("can_manage", yes), ["desk"]),
    "mended by all": (_awards("can_mend", yes), ["correct_result"]),
    "facts at any time": (_awards("_before_decision", yes), ["facts early", "facts decided"]),
    "facts after a decision": (
        _awards("_before_decision", lambda case: case.run is not None and case.run.kind == "decide"),
        ["facts decided"],
    ),
    "facts answered by all": (_awards("can_answer_facts", yes), ["answer_facts"]),
    "facts asked by all": (_awards("can_ask_facts", yes), ["ask_facts"]),
    "appeals for ever": (
        _awards("appeals_until", lambda call: timezone.now() + timedelta(days=1)), ["appeal late"],
    ),
    "appeals of others": (
        _awards("can_appeal", lambda viewer, case: viewer.is_member), ["appeal"],
    ),
    "appeals decided by all": (_awards("can_decide_appeal", yes), ["decide_appeal"]),
    "appeals decided by who screened": (_without_part("screened"), ["decide_appeal"]),
    "appeals decided by who decided": (_without_part("decided"), ["decide_appeal"]),
    "feedback before": (_awards("can_read_feedback", yes), ["feedback before"]),
    "feedback for all who see it": (
        _awards("can_read_feedback", lambda viewer, case: case.call.released_at is not None), ["feedback"],
    ),
    "dossier before": (_awards("can_take_dossier", _real["can_manage"]), ["dossier before", "dossier"]),
    "dossier across a conflict": (
        _awards("can_take_dossier", lambda viewer, edition: _real["can_manage"](viewer, edition)
                and edition.call.released_at is not None),
        ["dossier"],
    ),
    # Sites, embargo, leave.
    "looks for ever": (
        _awards("looks_until", lambda case: timezone.now() + timedelta(days=1)), ["look late"],
    ),
    "looks by all": (_awards("can_ask_look", yes), ["ask_look"]),
    "letters read early by all": (_awards("can_preview_letter", yes), ["letter before"]),
    "told early of nothing": (_awards("can_tell_early", _manages), ["tell of no award", "tell undecided"]),
    "told early across a tie": (_awards("can_tell_early", _manages), ["tell_early"]),
    "leave of others": (_awards("can_give_leave", yes), ["give_leave"]),
    "leave without an award": (
        _awards("can_give_leave", lambda viewer, case: _real["can_take_back_leave"](viewer, case)),
        ["leave of no award"],
    ),
    "leave before": (
        _awards("can_give_leave", lambda viewer, case: engine_policies.can_submit_for(
            viewer, case.call, case.party)),
        ["leave before"],
    ),
    "leave taken back by all": (_awards("can_take_back_leave", yes), ["take_back_leave"]),
}  # fmt: skip


def test_nothing_is_noticed_where_nothing_is_taken_away():
    world = build()
    assert [name for name in (*PAGES, *NEVER) if _differs(world, name)] == []


def test_every_mutant_is_caught(monkeypatch):
    world = build()
    survivors = []
    for name, (mutate, where) in MUTANTS.items():
        with monkeypatch.context() as patch, transaction.atomic():
            mutate(patch)
            if not noticed(world, where):
                survivors.append(name)
    assert not survivors, "\n".join(survivors)


def test_every_policy_has_a_mutant_or_calls_one_that_has():
    """A new rule needs a mutant, or a line here that says why it needs none."""
    beside = {
        "can_view": "visible_to, tried at every address by tests/alarms",
        "can_submit_for": "asks the procedure",
        "can_review": "is assignment_of",
        "can_recuse": "is assignment_of",
        "may_nominate": "is what the procedure is asked",
        "tie": "is what the procedure is asked",
        "is_juror": "a link on a page; the room asks for the seat",
    }
    rules = {
        name
        for module in (policies, engine_policies)
        for name, thing in vars(module).items()
        if callable(thing) and thing.__module__ == module.__name__ and not name.startswith("_")
    }
    tried = {cell.cell_contents for mutate, _where in MUTANTS.values() for cell in mutate.__closure__ or ()
             if isinstance(cell.cell_contents, str)}  # fmt: skip
    assert rules - tried - set(beside) == set()
