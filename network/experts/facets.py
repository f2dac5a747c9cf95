"""By what a profile is found and counted: rows derived from it, each with the level of its field."""

from collections.abc import Iterator

from network.experts.circles import circles_of
from network.experts.enums import NUMBER_OF, TERM_FIELDS, Facet, Field, State
from network.experts.models import Circle, ExpertProfile, ProfileFacet

_FACET_OF = {
    Field.WORKED: Facet.WORKED,
    Field.LANGUAGES: Facet.LANGUAGE,
    Field.SUBJECTS: Facet.SUBJECT,
    Field.TARGETS: Facet.TARGET,
}


def rebuild(profile: ExpertProfile) -> None:
    """Write the profile's facets and circles anew; a profile without a page has none."""
    profile.facets.all().delete()
    profile.circles.all().delete()
    if profile.state != State.PUBLISHED:
        return
    Circle.objects.bulk_create(Circle(profile=profile, key=key) for key in sorted(circles_of(profile.user)))
    ProfileFacet.objects.bulk_create(rows_of(profile))


def rows_of(profile: ExpertProfile) -> Iterator[ProfileFacet]:
    for field, facet, value in _facts(profile):
        if value is not None:
            yield ProfileFacet(profile=profile, facet=facet, value=value, visibility=profile.level(field))


def _facts(profile: ExpertProfile) -> Iterator[tuple[Field, Facet, int | None]]:
    if profile.country:
        yield Field.COUNTRY, Facet.COUNTRY, profile.country_id
        yield Field.COUNTRY, Facet.REGION, profile.country.parent_id
    yield Field.AFFILIATION, Facet.ORGANIZATION, profile.organization_id
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
