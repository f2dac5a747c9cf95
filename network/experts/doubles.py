"""Who is here twice: the same ORCID iD, the same proven address, or the same name in the same place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Count, F, Q
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.accounts.models import User
from network.experts.enums import State
from network.experts.models import ExpertProfile, NameKey, TwoPeople
from network.experts.namekeys import keys_of
from network.foundations.viewer import Viewer

#: Groups of each sort that are looked at; the rest comes up when these are dealt with.
MOST = 200
#: A name that so many share says nothing.
_COMMON = 5

WHY: dict[str, str | Promise] = {
    "orcid": _("Same ORCID iD"),
    "mail": _("Same e-mail address"),
    "country": _("Same name and country"),
    "organization": _("Same name and organization"),
}


@dataclass
class Pair:
    """Two accounts; ``why`` names what they have in common. A page adds the ``faces`` that it shows."""

    one: int
    other: int
    why: set[str] = field(default_factory=set)
    faces: list[dict[str, Any]] = field(default_factory=list)

    @property
    def reasons(self) -> list[str | Promise]:
        return [label for name, label in WHY.items() if name in self.why]


def pairs() -> list[Pair]:
    """All that are found, the surest first, but those that somebody has looked at and told apart."""
    found: dict[tuple[int, int], Pair] = {}
    for name, people in _groups():
        numbers = sorted(people)
        for place, one in enumerate(numbers):
            for other in numbers[place + 1 :]:
                found.setdefault((one, other), Pair(one, other)).why.add(name)
    told_apart = TwoPeople.objects.filter(one__in={one for one, _other in found})
    for both in told_apart.values_list("one", "other"):
        found.pop(both, None)
    order = list(WHY)
    return sorted(found.values(), key=lambda pair: (min(map(order.index, pair.why)), pair.one, pair.other))


def _groups() -> Iterator[tuple[str, Iterable[int]]]:
    profiles = ExpertProfile.objects.filter(user__is_active=True)
    same = profiles.exclude(orcid="").values("orcid").annotate(n=Count("pk")).filter(n__gt=1)
    iris = list(same.order_by("orcid").values_list("orcid", flat=True)[:MOST])
    yield from _by("orcid", profiles.filter(orcid__in=iris).values_list("orcid", "user_id"))
    yield from _by_mail()
    for name in ("country", "organization"):
        place = f"profile__{name}"
        keys = NameKey.objects.filter(profile__user__is_active=True, **{f"{place}__isnull": False})
        shared = keys.values("key", place).annotate(n=Count("pk")).filter(n__gt=1, n__lte=_COMMON)
        wanted = list(shared.order_by("key").values_list("key", place)[:MOST])
        rows = keys.filter(key__in={key for key, _place in wanted}).values_list("key", place, "profile__user")
        chosen = set(wanted)
        yield from _by(name, (((key, at), person) for key, at, person in rows if (key, at) in chosen))


def _by_mail() -> Iterator[tuple[str, Iterable[int]]]:
    """An address that one account has proven and another one was entered with."""
    users = User.objects.filter(is_active=True).annotate(mail=Lower("email"))
    proven = EmailAddress.objects.filter(verified=True, user__is_active=True).exclude(
        email__iexact=F("user__email")
    )
    mails = dict(proven.order_by("pk").values_list(Lower("email"), "user_id")[: MOST * 10])
    for mail, person in users.filter(mail__in=list(mails)).values_list("mail", "pk"):
        if person != mails[mail]:
            yield "mail", [mails[mail], person]


def _by(name: str, rows: Iterable[tuple[object, int]]) -> Iterator[tuple[str, Iterable[int]]]:
    groups: dict[object, set[int]] = {}
    for key, person in rows:
        groups.setdefault(key, set()).add(person)
    for people in groups.values():
        if len(people) > 1:
            yield name, people


def like(viewer: Viewer) -> list[tuple[str, str]]:
    """Profiles that the viewer may see and that look as if they were hers, too."""
    own = ExpertProfile.objects.filter(user=viewer.user_id).first()
    if own is None or viewer.user is None:
        return []
    keys = keys_of([viewer.user.name, *own.other_names])
    place = Q(country=own.country_id, country__isnull=False)
    place |= Q(organization=own.organization_id, organization__isnull=False)
    same = Q(pk__in=NameKey.objects.filter(key__in=keys).values("profile")) & place
    visible = ExpertProfile.objects.visible_to(viewer).exclude(pk=own.pk).filter(same, state=State.PUBLISHED)
    return [(row.user.name, row.get_absolute_url()) for row in visible.select_related("user")[:5]]
