"""Keeping what somebody types in a section until she saves it or throws it away."""

import json
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from network.experts import policies
from network.experts.models import SectionDraft
from network.experts.sections import Section
from network.foundations import richtext
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer

#: Letters of a draft with all its fields; a section that is saved holds less.
LONGEST = 200_000
KEPT_FOR = timedelta(days=90)


@deed
def keep_draft(*, viewer: Viewer, section: Section, fields: dict[str, Any]) -> SectionDraft:
    """Keep what was typed; nothing in it is checked but its size, and whether it may be kept at all."""
    if not policies.can_have_profile(viewer):
        raise Refused(_("Sign in to make your profile."))
    text = json.dumps(fields, ensure_ascii=False)
    if len(text) > LONGEST:
        raise Refused(_("This is too long to be kept. Shorten it."))
    if objection := richtext.objection(_words(fields)):
        raise Refused(objection)
    draft, _new = SectionDraft.objects.update_or_create(
        user_id=viewer.user_id,
        section=section.name,
        defaults={"fields": fields, "updated_at": timezone.now()},
    )
    return draft


@deed
def throw_draft_away(*, viewer: Viewer, section: Section) -> None:
    if viewer.user_id:
        drop_draft(viewer.user_id, section)


def drop_draft(user_id: int, section: Section) -> None:
    SectionDraft.objects.filter(user=user_id, section=section.name).delete()


def drop_old_drafts() -> int:
    """Nobody comes back to a draft after a season; run by the clock."""
    return SectionDraft.objects.filter(updated_at__lt=timezone.now() - KEPT_FOR).delete()[0]


def _words(fields: dict[str, Any]) -> str:
    return richtext.to_text("\n".join(part for parts in fields.values() for part in parts))
