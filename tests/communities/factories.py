"""Communities and people in them, made through the room's own deeds where rules matter."""

from typing import Any

from communities.enums import MemberRole
from communities.models import Community, Membership
from network.accounts.models import User
from tests import people


def community(name: str = "Mangroves", **fields: Any) -> Community:
    """A community without people in it."""
    values = {
        "slug": name.lower().replace(" ", "-"),
        "summary": f"About {name}.",
        "purpose": f"<p>{name}.</p>",
    }
    return Community.objects.create(name=name, **(values | fields))


def belongs(who: User, to: Community, role: str = MemberRole.MEMBER) -> Membership:
    """Make ``who`` a member, counted as a deed would count her."""
    membership = Membership.objects.create(user=who, community=to, role=role)
    to.member_count += 1
    to.save(update_fields=["member_count"])
    return membership


def crowd(of: Community, size: int) -> list[User]:
    """Many people in one community."""
    who = [people.person(f"{of.slug}-{number}", f"Person {number}") for number in range(size)]
    for one in who:
        belongs(one, of)
    return who
