"""The demonstration's communities: a public one, one for members, a hidden one, one in French."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone

from communities import actions
from communities.demo.furnishing import furnish
from communities.demo.people import html, person, viewer
from communities.enums import Involvement, Joining, MemberRole
from communities.models import Community, Membership
from network.thesaurus.models import Term

__all__ = ["html", "person", "seed", "viewer"]

_OPENED = timezone.now() - timedelta(days=440)
_FILE = Path(__file__).parent / "communities.yaml"


def seed() -> None:
    """Open those communities that are not there yet; what people changed since stays."""
    for entry in yaml.safe_load(_FILE.read_text(encoding="utf-8")):
        if not Community.objects.filter(name=entry["name"]).exists():
            _open(entry)


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
        questions=entry.get("questions", []),
        themes=_terms("kmgbf-target", entry["targets"]) + _terms("subject", entry["subjects"]),
        languages=_terms("language", entry["languages"]),
        created_at=_OPENED,
        last_active_at=_OPENED,
    )
    roles = (
        (MemberRole.MODERATOR, entry["moderators"]),
        (MemberRole.FACILITATOR, entry["facilitators"]),
        (MemberRole.MEMBER, [name for name in entry["members"] if name != "secretariat"]),
        (MemberRole.OBSERVER, entry.get("observers", [])),
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
    if "conduct" in entry:
        _write_conduct(community, entry)
    for asked in entry.get("requests", []):
        _ask(community, asked)
    furnish(community, entry)
    Membership.objects.filter(community=community).update(since=_OPENED)


def _write_conduct(community: Community, entry: dict[str, Any]) -> None:
    """Its own code of conduct, to which everybody has agreed by now."""
    actions.change_entrance(
        viewer=viewer(entry["moderators"][0]),
        community=community,
        version=actions.entrance_version(community),
        questions=community.questions,
        conduct=html(entry["conduct"]),
    )
    community.refresh_from_db()
    everybody = Membership.objects.current().filter(community=community)
    everybody.update(conduct_version=community.conduct_version, conduct_accepted_at=timezone.now())


def _ask(community: Community, asked: dict[str, Any]) -> None:
    said = zip(community.questions, asked.get("answers", []), strict=False)
    actions.request_to_join(
        viewer=viewer(asked["by"]),
        community=community,
        message=asked["message"],
        answers=[{"question": question, "answer": answer} for question, answer in said],
        conduct=community.conduct_version,
    )


def _terms(domain: str, codes: list[str]) -> list[Term]:
    return list(Term.objects.filter(domain=domain, code__in=codes))


def _bring_in(community: Community, handle: str, role: MemberRole) -> None:
    """Through the door that is open: members join where they may, everybody else is invited."""
    if role == MemberRole.MEMBER and community.joining == Joining.OPEN:
        actions.join(viewer=viewer(handle), community=community)
        return
    who = person(handle)
    if role == MemberRole.MEMBER and community.joining == Joining.NOMINATION:
        actions.join(viewer=viewer(handle), community=community)
        return
    letter = actions.invite(
        viewer=viewer("secretariat"),
        community=community,
        email=who.email,
        role=role,
        language=who.language,
    )
    actions.accept_invitation(viewer=viewer(handle), invitation=letter)
