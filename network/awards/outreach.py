"""Which Parties have no clearing-house that is known here: whom the secretariat may write to."""

from dataclasses import dataclass, field

from network.awards.models import Laureate, NationalSite, Nomination
from network.organizations.models import FocalPoint
from network.thesaurus.models import Term


@dataclass
class Row:
    """``focal_points`` are ids of people who can be asked."""

    party: Term
    focal_points: list[int] = field(default_factory=list)


def parties_without_a_site() -> list[Row]:
    """In the order of their codes; four questions, whatever there is."""
    known = set(NationalSite.objects.values_list("party_id", flat=True))
    known |= set(Laureate.objects.exclude(party=None).values_list("party_id", flat=True))
    submitted = Nomination.objects.exclude(site_url="").filter(case__submitted_at__isnull=False)
    known |= set(submitted.values_list("case__party_id", flat=True))
    parties = Term.objects.of("country").current().filter(facts__cbd_party=True).exclude(pk__in=known)
    rows = {party.pk: Row(party) for party in parties.select_related("parent").order_by("code")}
    posts = FocalPoint.objects.current().filter(country__in=list(rows), user__is_active=True)
    for country, person in posts.order_by("role", "pk").values_list("country_id", "user_id"):
        if person not in rows[country].focal_points:
            rows[country].focal_points.append(person)
    return list(rows.values())
