"""By what a profile is found and counted: rows derived from it, each with the level of its field."""

from collections.abc import Iterator, Mapping

from django.db.models import F

from network.experts.circles import circles_of
from network.experts.enums import NUMBER_OF, TERM_FIELDS, Facet, Field, State
from network.experts.models import Circle, ExpertProfile, ProfileFacet
from network.thesaurus.models import Term

#: Facets whose values are terms that may stand below one another.
_TERMS = frozenset({Facet.LANGUAGE, Facet.SUBJECT, Facet.TARGET})
_FACET_OF = {
    Field.WORKED: Facet.WORKED,
    Field.LANGUAGES: Facet.LANGUAGE,
    Field.SUBJECTS: Facet.SUBJECT,
    Field.TARGETS: Facet.TARGET,
}


#: The one value of the facet of those who are endorsed, and its word in addresses.
ENDORSED, ENDORSED_CODE = 1, "yes"


def rebuild(profile: ExpertProfile, broader: Mapping[int, int] | None = None) -> None:
    """Write the profile's facets and circles anew; a profile without a page has none."""
    profile.facets.all().delete()
    profile.circles.all().delete()
    if profile.state != State.PUBLISHED:
        return
    Circle.objects.bulk_create(Circle(profile=profile, key=key) for key in sorted(circles_of(profile.user)))
    ProfileFacet.objects.bulk_create(rows_of(profile, broader))


def broader_terms() -> dict[int, int]:
    """Term to its broader term, where both stand in the same vocabulary."""
    narrower = Term.objects.filter(parent__domain=F("domain"))
    return dict(narrower.order_by().values_list("pk", "parent_id"))


def below(term: int, broader: Mapping[int, int]) -> set[int]:
    """The term and all that stand below it."""
    found = {term}
    while more := {pk for pk, parent in broader.items() if parent in found} - found:
        found |= more
    return found


def rows_of(profile: ExpertProfile, broader: Mapping[int, int] | None = None) -> Iterator[ProfileFacet]:
    """Each value once: whoever has two narrower terms has their broader one once.

    ``broader`` as ``broader_terms`` gives it, for whoever asks for many profiles.
    """
    broader = broader_terms() if broader is None else broader
    seen: set[tuple[Facet, int]] = set()
    for field, facet, value in _facts(profile):
        for one in _with_broader(value, broader if facet in _TERMS else {}):
            if (facet, one) not in seen:
                seen.add((facet, one))
                yield ProfileFacet(profile=profile, facet=facet, value=one, visibility=profile.level(field))


def _with_broader(value: int | None, broader: Mapping[int, int]) -> Iterator[int]:
    """The term and what stands above it, up to where it ends or turns round."""
    seen: set[int] = set()
    while value is not None and value not in seen:
        seen.add(value)
        yield value
        value = broader.get(value)


def _facts(profile: ExpertProfile) -> Iterator[tuple[Field, Facet, int | None]]:
    if profile.country:
        yield Field.COUNTRY, Facet.COUNTRY, profile.country_id
        yield Field.COUNTRY, Facet.REGION, profile.country.parent_id
    yield Field.AFFILIATION, Facet.ORGANIZATION, profile.organization_id
    if profile.endorsement and profile.endorsement.stands:
        yield Field.NAME, Facet.VERIFIED, ENDORSED
    for term in profile.terms.all():
        if term.field in TERM_FIELDS:
            yield Field(term.field), _FACET_OF[Field(term.field)], term.term_id
    for tag in profile.tags.all():
        yield Field.TAGS, Facet.TAG, tag.pk
    for field, facet, codes in (
        (Field.AVAILABILITY, Facet.AVAILABILITY, profile.offers),
        (Field.GROUPS, Facet.GROUP, profile.groups),
        (Field.GENDER, Facet.GENDER, [profile.gender] if profile.gender else []),
    ):
        for code in codes:
            yield field, facet, NUMBER_OF[facet].get(code)
