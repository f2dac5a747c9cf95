"""The code of conduct: writing it, agreeing to it, asking again when it has changed."""

from django.utils import timezone
from django.utils.translation import gettext as _

from communities import policies
from communities.actions.common import demand, digest_of, locked, record
from communities.conduct import code_of
from communities.enums import Act
from communities.models import Community, Conduct, Membership
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.richtext import to_text
from network.foundations.viewer import Viewer


class ConductChanged(Refused):
    """She has not agreed to the code of conduct that is in force."""


def demand_current(community: Community, conduct: int | None) -> None:
    """Stop whoever agrees to a text that somebody has replaced in the meantime."""
    if conduct is not None and conduct != community.conduct_version:
        raise _changed()


def demand_conduct(viewer: Viewer, community: Community, conduct: int | None) -> None:
    """Before she writes: she has agreed to the code of conduct in force, or agrees to it now."""
    if not policies.must_agree(viewer, community):
        return
    if conduct != community.conduct_version:
        raise _changed()
    Membership.objects.current().filter(community=community, user=viewer.user_id).update(
        conduct_version=conduct, conduct_accepted_at=timezone.now()
    )


def _changed() -> ConductChanged:
    return ConductChanged(
        _("The code of conduct has changed. Read it and agree to it; your text is kept."), field="conduct"
    )


@deed
def change_entrance(
    *, viewer: Viewer, community: Community, version: str, questions: list[str], conduct: str
) -> Community:
    """What is asked of those who want to join, and the code of conduct (clean HTML).

    A new code asks everybody again before her next post. ``version`` names what stood there when the form
    was opened (``entrance_version``).
    """
    current = locked(community)
    demand(policies.can_keep(viewer, current))
    if version != entrance_version(current):
        raise StaleEdit(_("Saved in the meantime"), current)
    if questions != current.questions:
        current.questions = questions
        current.save(update_fields=["questions"])
        record(Act.ENTRANCE_CHANGED, current, viewer, ("community", current.pk))
    if to_text(conduct) != to_text(code_of(current)):
        _write_conduct(viewer, current, conduct)
    return current


def _write_conduct(viewer: Viewer, community: Community, html: str) -> None:
    community.conduct_version += 1
    community.save(update_fields=["conduct_version"])
    Conduct.objects.create(
        community=community, version=community.conduct_version, html=html, written_by=viewer.user
    )
    # Whoever writes it has read it.
    Membership.objects.current().filter(community=community, user=viewer.user_id).update(
        conduct_version=community.conduct_version, conduct_accepted_at=timezone.now()
    )
    record(Act.CONDUCT_CHANGED, community, viewer, ("community", community.pk))


def entrance_version(community: Community) -> str:
    return digest_of([community.questions, community.conduct_version])
