"""A line for each person: everything that stands in it, the viewer sees on her page.

No text that she wrote at length: that is read where it stands.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings

from network.experts import disclosure
from network.experts.enums import Field, Visibility
from network.experts.models import ExpertProfile
from network.foundations.viewer import Viewer
from network.thesaurus.models import Term

_AT_ONCE = 500


@dataclass(frozen=True)
class Line:
    person_id: int
    name: str
    url: str
    designation: str = ""
    affiliation: str = ""
    country: str = ""
    country_code: str = ""
    subjects: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    worked: tuple[str, ...] = ()
    website: str = ""
    orcid: str = ""


def lines_of(viewer: Viewer, wanted: Sequence[int]) -> Iterator[Line]:
    """In the order of ``wanted``; whoever does not show herself to the viewer is left out."""
    visible = ExpertProfile.objects.visible_to(viewer).for_cards().prefetch_related("tags")
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        found = visible.in_bulk(some)
        profiles = [found[pk] for pk in some if pk in found]
        levels = disclosure.levels_for(viewer, profiles)
        lists = disclosure.term_lists(profiles, levels)
        for profile in profiles:
            yield _line(profile, levels[profile.pk], lists[profile.pk])


def _line(profile: ExpertProfile, level: Visibility, lists: dict[str, list[Term]]) -> Line:
    card = disclosure.build_card(profile, level)

    def opens(field: Field) -> bool:
        return disclosure.opens(profile, field, level)

    def named(field: Field) -> tuple[str, ...]:
        return tuple(disclosure.term_label(term) for term in lists[field])

    return Line(
        person_id=profile.user_id,
        name=card.name,
        url=f"{settings.NETWORK_BASE_URL}{card.url}",
        designation=card.designation,
        affiliation=card.affiliation,
        country=card.country,
        country_code=card.country_code,
        subjects=named(Field.SUBJECTS),
        targets=named(Field.TARGETS),
        tags=tuple(sorted(tag.name for tag in profile.tags.all())) if opens(Field.TAGS) else (),
        languages=named(Field.LANGUAGES),
        worked=named(Field.WORKED),
        website=profile.website if opens(Field.WEBSITE) else "",
        orcid=profile.orcid if opens(Field.ORCID) else "",
    )
