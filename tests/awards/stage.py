"""Ready-made situations of the award, built through its own actions."""

from datetime import timedelta

from django.utils import timezone

from network.awards import actions
from network.awards.enums import CHECKLIST, SCORED, Criterion
from network.awards.models import Edition, Nomination
from network.calls import actions as engine
from network.calls.enums import Outcome
from network.calls.models import Call, PanelMember
from network.organizations.enums import FocalPointRole
from network.organizations.models import FocalPoint
from network.thesaurus.models import Term
from tests import people

ANSWERS = {
    "category": "existing",
    "language": "en",
    "site_name": "Biodiversity network",
    "site_url": "https://biodiversity.example/",
    **{criterion.value: f"Answer on {criterion.value}" for criterion in Criterion},
    "progress": "Three languages instead of one",
}


def country(code: str = "KE") -> Term:
    return Term.objects.get(domain="country", code=code)


def focal_point(code: str = "KE", who=None):
    who = who or people.person(f"focal-point-{code.lower()}")
    FocalPoint.objects.get_or_create(
        user=who, country=country(code), role=next(iter(FocalPointRole)), defaults={"since": "2020-01-01"}
    )
    return who


def edition(slug: str = "2026", quorum: int = 2, **fields) -> Edition:
    now = timezone.now()
    return actions.open_edition(
        slug=slug, names={"en": f"Award {slug}"}, year=2026, by=people.secretariat(), quorum=quorum,
        **{"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=1), **fields},
    )  # fmt: skip


def draft(award: Edition, code: str = "KE") -> Nomination:
    nominator = focal_point(code)
    nomination = actions.start_nomination(edition=award, party=country(code), by=nominator)
    return actions.save_nomination(
        nomination=nomination, answers=ANSWERS, version=nomination.version, by=nominator
    )


def handed_in(award: Edition, code: str = "KE") -> Nomination:
    nomination = draft(award, code)
    engine.submit(case=nomination.case, by=focal_point(code))
    return nomination


def with_jury(award: Edition, code: str = "KE") -> Nomination:
    nomination = handed_in(award, code)
    engine.screen(case=nomination.case, outcome=Outcome.ELIGIBLE, by=people.secretariat())
    return nomination


def decided(award: Edition, code: str = "KE", outcome: str = "gold") -> Nomination:
    nomination = with_jury(award, code)
    for member in PanelMember.objects.filter(call=award.call):
        score(nomination, member.person)
    engine.decide(case=nomination.case, outcome=outcome, by=executive())
    return nomination


def juror(
    award: Edition, handle: str = "juror", represents: str | None = None, disclosed: bool = True,
    languages: tuple[str, ...] = ("en",),
):  # fmt: skip
    who = people.juror() if handle == "juror" else people.person(handle)
    member = engine.seat_juror(
        call=award.call, person=who, represents=country(represents) if represents else None,
        by=people.secretariat(),
    )  # fmt: skip
    engine.answer_seat(member=member, accepts=True, languages=list(languages), by=who)
    if disclosed:
        engine.disclose(member=member, conflicted=[], by=who)
    return who


def score(nomination: Nomination, who, value: int = 3, reasons: dict | None = None):
    scores = dict.fromkeys(SCORED, value)
    return engine.submit_review(case=nomination.case, scores=scores, reasons=reasons or {}, by=who)


def executive():
    """A second person of the secretariat: who screened does not decide."""
    return people.person("executive", "Olga Ivanova", people.Role.SECRETARIAT)


def close(award: Edition) -> None:
    """Let the instant of closing pass."""
    now = timezone.now()
    Call.objects.filter(pk=award.call_id).update(
        opens_at=now - timedelta(days=9), closes_at=now - timedelta(seconds=1)
    )
    award.call.refresh_from_db()


def by_letter(award: Edition, code: str = "KE") -> Nomination:
    """Typed in by the secretariat, handed in, waiting for the focal point's word."""
    clerk = people.secretariat()
    nomination = actions.enter_letter(
        edition=award, party=country(code), letter_of=timezone.now().date(), by=clerk
    )
    nomination = actions.save_nomination(
        nomination=nomination, answers=ANSWERS, version=nomination.version, by=clerk
    )
    engine.submit(case=nomination.case, by=clerk)
    return nomination


CHECKED = list(CHECKLIST)
