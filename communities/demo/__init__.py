"""The demonstration's communities: a public one, one for members, a hidden one, one in French."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone

from communities import actions
from communities.enums import Involvement, Joining, MemberRole
from communities.models import Community, Membership
from network.accounts.models import User
from network.foundations import richtext
from network.foundations.viewer import Viewer, viewer_for
from network.thesaurus.models import Term

_OPENED = timezone.now() - timedelta(days=440)
_FILE = Path(__file__).parent / "communities.yaml"


def seed() -> None:
    """Open those communities that are not there yet; what people changed since stays."""
    for entry in yaml.safe_load(_FILE.read_text(encoding="utf-8")):
        if not Community.objects.filter(name=entry["name"]).exists():
            _open(entry)


def person(handle: str) -> User:
    """A person of the demonstration by the part of her address that stands before the @."""
    return User.objects.get(email__in=[f"{handle}@demo.example", f"{handle}@people.example"])


def viewer(handle: str) -> Viewer:
    return viewer_for(person(handle), language="en")


def html(text: str) -> str:
    return richtext.clean(richtext.from_plain_text(text.strip()))


@transaction.atomic
def _open(entry: dict[str, Any]) -> None:
    """Opened by the secretariat, which names the first moderator and then leaves it to its people."""
    secretariat = viewer("secretariat")
    community = actions.open_community(
        viewer=secretariat,
        name=entry["name"],
        summary=entry["summary"],
        purpose=html(entry["purpose"]),
        welcome=html(entry["welcome"]),
        visibility=entry["visibility"],
        joining=entry["joining"],
        themes=_terms("kmgbf-target", entry["targets"]) + _terms("subject", entry["subjects"]),
        languages=_terms("language", entry["languages"]),
        created_at=_OPENED,
        last_active_at=_OPENED,
    )
    roles = (
        (MemberRole.MODERATOR, entry["moderators"]),
        (MemberRole.FACILITATOR, entry["facilitators"]),
        (MemberRole.MEMBER, [name for name in entry["members"] if name != "secretariat"]),
    )
    for role, handles in roles:
        for handle in handles:
            _bring_in(community, handle, role)
    for handle in entry["everything"]:
        member = viewer(handle)
        mine = Membership.objects.get(community=community, user=member.user_id)
        actions.set_involvement(viewer=member, membership=mine, involvement=Involvement.EVERYTHING)
    if "secretariat" not in entry["members"]:
        actions.leave(viewer=viewer("secretariat"), community=community)
    for asked in entry.get("requests", []):
        actions.request_to_join(viewer=viewer(asked["by"]), community=community, message=asked["message"])
    Membership.objects.filter(community=community).update(since=_OPENED)


def _terms(domain: str, codes: list[str]) -> list[Term]:
    return list(Term.objects.filter(domain=domain, code__in=codes))


def _bring_in(community: Community, handle: str, role: MemberRole) -> None:
    """Through the door that is open: members join where they may, everybody else is invited."""
    if role == MemberRole.MEMBER and community.joining == Joining.OPEN:
        actions.join(viewer=viewer(handle), community=community)
        return
    who = person(handle)
    letter = actions.invite(
        viewer=viewer("secretariat"),
        community=community,
        email=who.email,
        role=role,
        language=who.language,
    )
    actions.accept_invitation(viewer=viewer(handle), invitation=letter)
