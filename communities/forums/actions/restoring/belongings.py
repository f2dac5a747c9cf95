"""What a community of a copy keeps besides its forums: documents and links, and who spoke for whom.

Mandates come in with a community that is new, as its moderators do: whoever runs the import believes the
copy. In a community that is here already nobody is given one by a file.
"""

from pathlib import PurePosixPath
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.dateparse import parse_datetime

from communities.enums import Capacity
from communities.forums import attachments
from communities.forums.actions.restoring.state import State, refuse_sealed
from communities.forums.actions.restoring.words import terms
from communities.forums.exporting import rows as told
from communities.forums.restoring import Unsound, made
from communities.models import Mandate, Resource
from network.consent.models import Holder
from network.organizations.models import Organization
from network.thesaurus.models import Term

Row = dict[str, Any]


def bring_resources(state: State) -> None:
    """Each that is not here yet, also where it was taken off the list since."""
    for row in state.taken.rows("resources"):
        try:
            _resource(state, row)
        except Unsound as reason:
            state.outcome.rejected.append(f"resource “{str(row.get('title'))[:80]}”: {reason}")


def _resource(state: State, row: Row) -> None:
    here = state.community
    resource = made(Resource, row, told.RESOURCE, community=here, added_by=state.person(row.get("added_by")))
    if here.resources.filter(title=resource.title, added_at=resource.added_at).exists():
        return
    refuse_sealed(resource.title, resource.description)
    if path := row.get("path"):
        content = state.taken.content(path)
        name = PurePosixPath(str(path)).name.partition("-")[2] or "document"
        kept = None if content is None else attachments.cleaned(SimpleUploadedFile(name, content))
        if kept is None:
            raise Unsound("its document is not in the copy, or nothing that can be kept")
        resource.size = kept.size or 0
        resource.file.save(kept.name or name, kept, save=False)
        state.outcome.documents.append(resource)
    elif not resource.url:
        raise Unsound("it is neither a link nor a document")
    resource.save()


def bring_mandates(state: State, *, is_new: bool) -> None:
    """Those of a community that is new; elsewhere those that stand here already are known again."""
    for row in state.taken.rows("mandates"):
        try:
            mandate = _mandate(state, row)
            known = _known(mandate)
            if known is None and is_new:
                mandate.save()
                mandate.themes.set(terms(row.get("themes")))
                known = mandate
        except Unsound as reason:
            state.outcome.rejected.append(f"mandate {row.get('id')}: {reason}")
            continue
        if known is not None:
            state.mandates[row.get("id")] = known


def _known(mandate: Mandate) -> Mandate | None:
    same = {"community": mandate.community, "user": mandate.user, "capacity": mandate.capacity}
    return Mandate.objects.filter(**same, asked_at=mandate.asked_at).first()


def _mandate(state: State, row: Row) -> Mandate:
    mandate = made(Mandate, row, told.MANDATE, community=state.community, user=state.person(row.get("user")))
    for name in told.ANSWERED:
        setattr(mandate, name, state.person(row.get(name)))
    if mandate.user is None or (mandate.granted_at and mandate.declined_at):
        raise Unsound("it is nobody's, or was answered both ways")
    if mandate.until < mandate.since:
        raise Unsound("it ends before it begins")
    refuse_sealed(mandate.named, mandate.reason, mandate.withdrawn_reason)
    _speak_for(mandate, row)
    return mandate


def _speak_for(mandate: Mandate, row: Row) -> None:
    if mandate.capacity == Capacity.GOVERNMENT:
        mandate.country = Term.objects.filter(domain="country", code=str(row.get("country"))).first()
    else:
        mandate.organization = Organization.objects.filter(slug=str(row.get("organization"))).first()
    if mandate.capacity == Capacity.PEOPLES:
        mandate.holder = _holder(row.get("holder"))
        if mandate.holder is None and mandate.organization is None and not mandate.named:
            mandate.named = str(row.get("whom") or "")[:200]
    if not mandate.whom:
        raise Unsound("those whom it is for are not known here")


def _holder(told_: Any) -> Holder | None:
    """The holder of that number who was written down at that instant: on this installation, the same."""
    if not isinstance(told_, list) or len(told_) != 2 or not isinstance(told_[0], int):
        return None
    try:
        at = parse_datetime(str(told_[1]))
    except ValueError:
        return None
    return Holder.objects.filter(pk=told_[0], created_at=at).first() if at else None
