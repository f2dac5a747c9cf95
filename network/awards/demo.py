"""The demo's award: an edition with a nomination at each stage, and one that is announced."""

from datetime import timedelta
from itertools import islice

from django.utils import timezone

from network.accounts.models import User
from network.awards import actions
from network.awards.enums import SCORED, Category
from network.awards.models import Edition, Nomination
from network.calls import actions as engine
from network.calls.enums import Outcome
from network.calls.models import PanelMember
from network.organizations.models import FocalPoint

RUNNING = "2026"
COMING = "2027"

ANSWERS = {
    "content": (
        "Country profile, the strategy and action plan with a page for each national target, six "
        "national reports, a photo library of native species with the museum, and a monthly story "
        "from a protected area."
    ),
    "services": (
        "Search across documents and people, a calendar with a feed, a newsletter every two months, a"
        " discussion forum for the provinces, and data sets that can be downloaded with their "
        "licence."
    ),
    "layout": (
        "Rebuilt in 2025 for small screens. A page weighs less than 150 KB. Two national languages "
        "and English; texts are written with the schools of two provinces so that they can be read "
        "without a dictionary."
    ),
    "visibility": (
        "About 4,000 visits a month, a third of them from outside the capital. Teachers are the "
        "largest group since we publish sheets for lessons."
    ),
    "management": (
        "An editor in the ministry and eleven authors in institutes and provinces. Each page names "
        "who keeps it and when it was checked last; nothing stays unchecked for more than a year."
    ),
    "governance": (
        "A steering group of the ministry, two universities, the federation of indigenous peoples and"
        " a network of women farmers meets twice a year and decides what is published and under which"
        " licence."
    ),
    "progress": (
        "Since the last edition: from one language to three, from 40 to 260 pages, a standing budget "
        "line, and a written rule that traditional knowledge is shown only with the consent of its "
        "holders."
    ),
}


def seed() -> None:
    if Edition.objects.filter(slug=RUNNING).exists():
        return
    secretariat = User.objects.get(email="secretariat@demo.example")
    now = timezone.now()
    running = actions.open_edition(
        slug=RUNNING, names=_names("2026"), year=2026, by=secretariat, place="Montreal",
        opens_at=now - timedelta(days=40), closes_at=now + timedelta(days=21), zone="America/Toronto",
    )  # fmt: skip
    actions.open_edition(
        slug=COMING, names=_names("2027"), year=2027, by=secretariat,
        opens_at=now + timedelta(days=200), closes_at=now + timedelta(days=290),
    )  # fmt: skip
    _seat_jury(running, secretariat)
    _nominate(running, secretariat)


def _names(year: str) -> dict[str, str]:
    return {
        "en": f"Clearing-house award {year}",
        "fr": f"Prix des centres d’échange {year}",
        "es": f"Premio a los mecanismos de facilitación {year}",
        "ru": f"Премия механизмов посредничества {year}",
        "zh-hans": f"{year} 年信息交换所奖",
        "ar": f"جائزة غرف تبادل المعلومات {year}",
    }


def _seat_jury(edition: Edition, secretariat: User) -> None:
    """The demo's juror and two more experts, each with her interests disclosed."""
    experts = User.objects.filter(is_active=True, focal_points=None, groups=None).exclude(
        email__endswith="@demo.example"
    )
    jurors = [User.objects.get(email="juror@demo.example"), *islice(experts.order_by("pk"), 2)]
    for juror in jurors:
        member = engine.seat_juror(call=edition.call, person=juror, by=secretariat)
        engine.answer_seat(member=member, accepts=True, languages=["en", "fr"], by=juror)
        engine.disclose(member=member, conflicted=[], by=juror)


def _nominate(edition: Edition, secretariat: User) -> None:
    """One nomination for each stage, as far as there are focal points."""
    posts = FocalPoint.objects.filter(until=None).select_related("user", "country").order_by("-user_id")
    by_country = list({post.country_id: post for post in posts}.values())
    mine = [post for post in by_country if post.user.email == "nominator@demo.example"]
    others = [post for post in by_country if post.user.email != "nominator@demo.example"]
    steps = [_draft, _handed_in, _with_jury, _scored]
    for step, post in zip(steps, [*mine[:1], *others], strict=False):
        step(edition, post, secretariat)


def _draft(edition: Edition, post: FocalPoint, secretariat: User) -> Nomination:
    nomination = actions.start_nomination(edition=edition, party=post.country, by=post.user)
    answers = {
        "category": Category.EXISTING,
        "site_name": f"Biodiversity information network of {post.country.names['en']}",
        "site_url": f"https://biodiversity.{post.country.code.lower()}.example/",
        **ANSWERS,
    }
    return actions.save_nomination(
        nomination=nomination, answers=answers, version=nomination.version, by=post.user
    )


def _handed_in(edition: Edition, post: FocalPoint, secretariat: User) -> Nomination:
    nomination = _draft(edition, post, secretariat)
    engine.submit(case=nomination.case, by=post.user)
    return nomination


def _with_jury(edition: Edition, post: FocalPoint, secretariat: User) -> Nomination:
    nomination = _handed_in(edition, post, secretariat)
    engine.screen(case=nomination.case, outcome=Outcome.ELIGIBLE, by=secretariat)
    return nomination


def _scored(edition: Edition, post: FocalPoint, secretariat: User) -> Nomination:
    nomination = _with_jury(edition, post, secretariat)
    members = PanelMember.objects.filter(call=edition.call).select_related("person").order_by("pk")
    for place, member in enumerate(members):
        scores = {criterion: 2 + (place + number) % 3 for number, criterion in enumerate(SCORED)}
        engine.submit_review(case=nomination.case, scores=scores, reasons={}, by=member.person)
    return nomination
