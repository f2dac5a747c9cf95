"""The demo's award: an edition in each phase, built through its own actions as if time had passed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice

from django.utils import timezone

from network.accounts.models import User
from network.awards import actions
from network.awards.enums import SCORED, Category
from network.awards.models import Edition, Nomination, SiteLook
from network.calls import actions as engine
from network.calls.enums import Outcome
from network.calls.models import PanelMember
from network.organizations.models import FocalPoint, Organization

RELEASED, DECIDING, RUNNING, COMING = "2023", "2025", "2026", "2027"

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


FOUND = {
    "status": 200, "milliseconds": 640, "redirects": 0, "https": True, "kilobytes": 148, "digest": "5d" * 32,
    "title": "Biodiversity information network", "languages": ["en", "fr"], "newest": "2026-02-11", "feeds": 1,
    "excerpt": "Country profile, strategy and action plan, reports, stories from protected areas, contact.",
    "access": {
        "language": True, "title": True, "viewport": True, "heading": True, "main": True, "images": 14,
        "images_without_text": 2, "fields": 1, "fields_without_label": 0,
    },
}  # fmt: skip


def seed() -> None:
    if Edition.objects.filter(slug=RUNNING).exists():
        return
    now = timezone.now()
    with _clock(now - timedelta(days=900)) as at:
        _released(at)
    with _clock(now - timedelta(days=120)) as at:
        _deciding(at)
    with _clock(now - timedelta(days=40)) as at:
        _running(at)
    actions.open_edition(
        slug=COMING, names=_names(COMING), year=2027, by=_secretariat(),
        opens_at=now + timedelta(days=200), closes_at=now + timedelta(days=290),
    )  # fmt: skip


@contextmanager
def _clock(start: datetime) -> Iterator[Callable[[float], None]]:
    """A clock that stands where it is put, so that what takes months has its days in order."""
    real, shown = timezone.now, [start]

    def put(day: float) -> None:
        shown[0] = start + timedelta(days=day)

    timezone.now = lambda: shown[0]
    try:
        yield put
    finally:
        timezone.now = real


def _secretariat() -> User:
    return User.objects.get(email="secretariat@demo.example")


def _officer() -> User:
    """A colleague: whoever screens does not decide."""
    return User.objects.get(email="officer@demo.example")


def _open(slug: str, at: Callable[[float], None], days: float, **fields) -> Edition:
    at(0)
    now = timezone.now()
    edition = actions.open_edition(
        slug=slug, names=_names(slug), year=int(slug), by=_officer(), zone="America/Toronto",
        opens_at=now, closes_at=now + timedelta(days=days), **fields,
    )  # fmt: skip
    at(1)
    return edition


def _released(at: Callable[[float], None]) -> None:
    """All behind it: results, certificates, what the jury saw, and one result that was mended."""
    edition = _open(RELEASED, at, 60, place="Nairobi", appeal_days=1200)
    jury = _seat_jury(edition)
    results = ["gold", "silver", "certificate"]
    made: list[tuple[Nomination, User]] = []
    for post, result in zip(_posts(), results, strict=False):
        at(10)
        nomination = _with_jury(edition, post)
        at(80)
        _score(nomination, jury, 5 - results.index(result))
        engine.decide(case=nomination.case, outcome=result, note="As the order of scores.", by=_secretariat())
        made.append((nomination, post.user))
    at(100)
    engine.release(call=edition.call, by=_secretariat())
    at(110)
    last = edition.laureates.order_by("pk").last()
    actions.correct_result(
        laureate=last, medal=last.medal, site_name=f"{last.site_name} (CHM)", site_url=last.site_url,
        reason="The name of the site was given without its usual short form.", by=_secretariat(),
    )  # fmt: skip
    for nomination, nominator in made[1:2]:
        actions.give_leave(nomination=nomination, answers=["services", "management"], by=nominator)


def _deciding(at: Callable[[float], None]) -> None:
    """Closed: one nomination is under discussion, others wait for their decision, one is decided and sealed."""
    edition = _open(DECIDING, at, 60, place="Montreal", discussion=True)
    at(50)
    engine.extend(
        call=edition.call, closes_at=edition.call.closes_at + timedelta(days=10), by=_officer(),
        reason="Floods have closed ministries in two regions.",
    )  # fmt: skip
    jury = _seat_jury(edition)
    made = []
    for place, post in enumerate(islice(_posts(), 1, 4)):
        at(52)
        nomination = _with_jury(edition, post)
        at(80)
        _score(nomination, jury, 4 - place)
        made.append(nomination)
    at(90)
    for nomination in made[:2]:
        engine.remark(
            case=nomination.case, text="The forum for the provinces is what others could take up.", by=jury[0]
        )
    for nomination in made[1:]:
        engine.close_discussion(case=nomination.case, by=_officer())
    for nomination in made[2:]:
        engine.decide(case=nomination.case, outcome="certificate", by=_secretariat())
        actions.tell_early(
            nomination=nomination, name="Rosa Quispe", email="rosa.quispe@ministry.example",
            reason="Receives the certificate on stage.", by=_secretariat(),
        )  # fmt: skip


def _running(at: Callable[[float], None]) -> None:
    """Open: a nomination at each stage that there is before the decision."""
    edition = _open(RUNNING, at, 61, place="Montreal")
    reads_french = _seat_jury(edition, last=["fr"])[-1]
    invited = _experts()[3:4]
    for person in invited:
        engine.seat_juror(call=edition.call, person=person, by=_officer())
    posts = _posts()
    at(20)
    for step, post in zip((_draft, _handed_in, _with_jury, _by_letter), posts, strict=False):
        _interpreted(step(edition, post), reads_french)
    for post in posts[4:5]:
        nomination = _with_jury(edition, post)
        seats = PanelMember.objects.filter(call=edition.call, disclosed_at__isnull=False)
        _score(nomination, [seat.person for seat in seats.select_related("person")], 4)


def _interpreted(nomination: Nomination, juror: User) -> None:
    for assignment in nomination.case.assignments.filter(member__person=juror):
        engine.name_interpreter(assignment=assignment, name="Awa Diop", by=_officer())


def _submit(nomination: Nomination, by: User) -> None:
    engine.submit(case=nomination.case, by=by)
    _seen()


def _seen() -> None:
    """What the worker would have seen of sites that there are none of."""
    faults = ["", "", "certificate"]
    for place, look in enumerate(SiteLook.objects.filter(looked_at=None).select_related("nomination")):
        fault = faults[place % len(faults)]
        actions.keep_look(look=look, findings={} if fault else FOUND | {"url": look.url}, fault=fault)


def _names(year: str) -> dict[str, str]:
    return {
        "en": f"Clearing-house award {year}",
        "fr": f"Prix des centres d’échange {year}",
        "es": f"Premio a los mecanismos de facilitación {year}",
        "ru": f"Премия механизмов посредничества {year}",
        "zh-hans": f"{year} 年信息交换所奖",
        "ar": f"جائزة غرف تبادل المعلومات {year}",
    }


def _experts() -> list[User]:
    experts = User.objects.filter(is_active=True, focal_points=None, groups=None)
    return list(experts.exclude(email__endswith="@demo.example").order_by("pk")[:6])


def _seat_jury(edition: Edition, last: list[str] | None = None) -> list[User]:
    """The demo's juror and two more experts, each invited, accepted and with her interests disclosed."""
    jurors = [User.objects.get(email="juror@demo.example"), *_experts()[:2]]
    for juror in jurors:
        member = engine.seat_juror(call=edition.call, person=juror, by=_officer())
        languages = last if last and juror == jurors[-1] else ["en", "fr"]
        engine.answer_seat(member=member, accepts=True, languages=languages, by=juror)
        engine.disclose(member=member, conflicted=[], by=juror)
    return jurors


def _posts() -> list[FocalPoint]:
    """One focal point for each country; the demo's own nominator first."""
    posts = FocalPoint.objects.filter(until=None).select_related("user", "country").order_by("-user_id")
    by_country = list({post.country_id: post for post in posts}.values())
    return sorted(by_country, key=lambda post: post.user.email != "nominator@demo.example")


def _answers(post: FocalPoint) -> dict[str, str]:
    return {
        "category": Category.EXISTING,
        "language": "en",
        "site_name": f"Biodiversity information network of {post.country.names['en']}",
        "site_url": f"https://biodiversity.{post.country.code.lower()}.example/",
        "links": f"https://biodiversity.{post.country.code.lower()}.example/strategy/",
        **ANSWERS,
    }


def _draft(edition: Edition, post: FocalPoint) -> Nomination:
    nomination = actions.start_nomination(edition=edition, party=post.country, by=post.user)
    return actions.save_nomination(
        nomination=nomination, answers=_answers(post), version=nomination.version, by=post.user
    )


def _handed_in(edition: Edition, post: FocalPoint) -> Nomination:
    nomination = _draft(edition, post)
    host = Organization.objects.order_by("pk").first()
    if host and not nomination.supports.exists():
        actions.name_supporter(nomination=nomination, organization=host, kind="hosted", by=post.user)
    _submit(nomination, post.user)
    return nomination


def _by_letter(edition: Edition, post: FocalPoint) -> Nomination:
    """Typed in by the secretariat; it waits for the focal point's word."""
    clerk = _officer()
    nomination = actions.enter_letter(
        edition=edition, party=post.country, letter_of=timezone.now().date(), by=clerk
    )
    nomination = actions.save_nomination(
        nomination=nomination, answers=_answers(post), version=nomination.version, by=clerk
    )
    _submit(nomination, clerk)
    return nomination


def _with_jury(edition: Edition, post: FocalPoint) -> Nomination:
    nomination = _draft(edition, post)
    _submit(nomination, post.user)
    engine.screen(case=nomination.case, outcome=Outcome.ELIGIBLE, by=_officer())
    return nomination


def _score(nomination: Nomination, jury: list[User], best: int) -> None:
    """Those who were entrusted with it score, none of them quite like another."""
    entrusted = nomination.case.assignments.values_list("member__person", flat=True)
    for place, juror in enumerate(juror for juror in jury if juror.pk in entrusted):
        scores = {code: max(1, min(4, best - (place + number) % 3)) for number, code in enumerate(SCORED)}
        engine.submit_review(case=nomination.case, scores=scores, reasons={}, by=juror)
