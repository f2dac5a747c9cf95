"""How a profile reads to the search: each field's words for those who may see the field."""

from collections import defaultdict

from django.db.models import QuerySet

from network.experts.enums import TERM_FIELDS, EngagementKind, Field, State, Visibility
from network.experts.models import ExpertProfile
from network.foundations import richtext
from network.foundations.viewer import EVERYONE, MEMBER, Viewer
from network.search.sources import Document, Segment
from network.thesaurus.models import Term

KIND = "experts"
#: What is found by a name or a subject comes before what is found somewhere in a biography.
_WEIGHTS = {
    Field.NAME: 8,
    Field.OTHER_NAMES: 8,
    Field.SUBJECTS: 4,
    Field.TARGETS: 4,
    Field.TAGS: 4,
    Field.BIOGRAPHY: 1,
    Field.PUBLICATIONS: 1,
}
#: Found by, but no text to read in a result: names in six languages at once, and a number.
_NOT_READ = {Field.COUNTRY, Field.ORCID, *TERM_FIELDS}


def rows() -> QuerySet[ExpertProfile]:
    return ExpertProfile.objects.for_cards().prefetch_related(
        "terms__term", "tags", "circles", "engagements", "publications", "translations"
    )


def visible(viewer: Viewer) -> QuerySet[ExpertProfile]:
    return ExpertProfile.objects.visible_to(viewer)


def document(profile: ExpertProfile) -> Document | None:
    if profile.state != State.PUBLISHED:
        return None
    texts: dict[tuple[frozenset[str], int, bool], list[str]] = defaultdict(list)
    for field, text in _texts(profile).items():
        if text:
            keys = keys_of(profile, profile.level(field))
            texts[keys, _WEIGHTS.get(field, 2), field not in _NOT_READ].append(text)
    return Document(
        title=profile.user.name,
        url=profile.get_absolute_url(),
        segments=[Segment(" · ".join(parts), *audience) for audience, parts in texts.items()],
    )


def keys_of(profile: ExpertProfile, level: Visibility) -> frozenset[str]:
    """The keys that open ``level`` of this profile; her own always does."""
    if level == Visibility.EVERYONE:
        return frozenset({EVERYONE})
    if level == Visibility.MEMBERS:
        return frozenset({MEMBER})
    own = {f"user:{profile.user_id}"}
    if level == Visibility.CIRCLES:
        own |= {circle.key for circle in profile.circles.all()}
    return frozenset(own)


def _texts(profile: ExpertProfile) -> dict[Field, str]:
    terms: dict[str, list[Term]] = defaultdict(list)
    for entry in profile.terms.all():
        terms[entry.field].append(entry.term)
    translations = profile.translations.all()
    return {
        Field.NAME: profile.user.name,
        Field.OTHER_NAMES: ", ".join(profile.other_names),
        Field.DESIGNATION: _lines(profile.designation, *(one.designation for one in translations)),
        Field.DEPARTMENT: profile.department,
        Field.AFFILIATION: _affiliation(profile),
        Field.COUNTRY: in_all_languages([profile.country] if profile.country else []),
        Field.WORKED: in_all_languages(terms[Field.WORKED]),
        Field.LANGUAGES: in_all_languages(terms[Field.LANGUAGES]),
        Field.SUBJECTS: in_all_languages(terms[Field.SUBJECTS]),
        Field.TARGETS: in_all_languages(terms[Field.TARGETS]),
        Field.TAGS: ", ".join(tag.name for tag in profile.tags.all()),
        Field.BIOGRAPHY: _lines(
            *(
                richtext.to_text(text)
                for text in (profile.biography, *(one.biography for one in translations))
            )
        ),
        Field.ORCID: profile.orcid,
        Field.ROLES: _engagements(profile, EngagementKind.ROLE),
        Field.TRAININGS: _engagements(profile, EngagementKind.TRAINING),
        Field.PUBLICATIONS: _lines(*(entry.title for entry in profile.publications.all())),
        Field.COMMUNITY: profile.community,
    }


def _lines(*texts: str) -> str:
    return " · ".join(filter(None, texts))


def _engagements(profile: ExpertProfile, kind: str) -> str:
    held = (entry for entry in profile.engagements.all() if entry.kind == kind)
    return _lines(*(part for entry in held for part in (entry.title, entry.body)))


def _affiliation(profile: ExpertProfile) -> str:
    organization = profile.organization
    names = [organization.name, organization.acronym] if organization else []
    return " ".join(dict.fromkeys(filter(None, [*names, profile.affiliation])))


def in_all_languages(terms: list[Term]) -> str:
    """The names of terms in every language: whoever searches may write in any."""
    return ", ".join(name for term in terms for name in dict.fromkeys(term.names.values()))
