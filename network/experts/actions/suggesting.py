"""A list says otherwise than the profile that its person keeps: she is shown, and takes what she likes."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from network.accounts.models import ListSuggestion, User
from network.experts import sections
from network.experts.actions.editing import own_profile, write
from network.experts.actions.keeping import touch
from network.experts.enums import Field
from network.experts.fields import MAX_TAGS
from network.experts.models import ExpertProfile
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.viewer import Viewer


def suggest(person: User, told: dict[str, Any], list_name: str) -> None:
    """Keep what differs, for her to read; what she did not want before is not asked again."""
    profile = ExpertProfile.objects.filter(user=person).first() or ExpertProfile(user=person)
    kept = ListSuggestion.objects.filter(person=person).first()
    declined = kept.declined if kept else {}
    differs = {
        str(field): value
        for field, value in told.items()
        if _says_more(sections.value_of(profile, field), value) and declined.get(str(field)) != value
    }
    if kept is None and not differs:
        return
    if kept is not None and kept.values == differs:
        return
    ListSuggestion.objects.update_or_create(
        person=person, defaults={"values": differs, "list_name": list_name[:150], "at": timezone.now()}
    )


def _says_more(hers: Any, theirs: Any) -> bool:
    if isinstance(theirs, list):
        return not set(theirs) <= set(hers or [])
    return bool(theirs) and theirs != hers


@deed
def answer_suggestion(*, viewer: Viewer, taken: set[str], seen: str) -> None:
    """Write the fields that she takes into her profile; the others are not asked of her again.

    ``seen`` names the suggestion as she saw it: a newer one has to be read first.
    """
    profile = own_profile(viewer)
    kept = ListSuggestion.objects.select_for_update().filter(person=viewer.user_id).first()
    if kept is None or not kept.values:
        raise Refused(_("There is nothing to answer any more."))
    if seen != mark(kept):
        raise StaleEdit(_("A newer list came in between. Look again."), mark(kept))
    if not taken <= kept.values.keys():
        raise PermissionDenied(_("This was not suggested."))
    for field in taken:
        write(profile, Field(field), _together(sections.value_of(profile, field), kept.values[field]))
    if taken:
        touch(profile)
    kept.declined |= {field: value for field, value in kept.values.items() if field not in taken}
    kept.values = {}
    kept.save(update_fields=["declined", "values"])


def _together(hers: Any, theirs: Any) -> Any:
    """Lists grow, everything else is replaced."""
    if not isinstance(theirs, list):
        return theirs
    both = [*(hers or []), *(one for one in theirs if one not in (hers or []))]
    return sorted(both[:MAX_TAGS]) if both and isinstance(both[0], str) else sorted(both)


def mark(suggestion: ListSuggestion) -> str:
    return suggestion.at.isoformat()
