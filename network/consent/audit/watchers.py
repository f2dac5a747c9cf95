"""Who looks: people with every kind of key, and nobody."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from network.accounts.models import User
from network.consent import actions
from network.consent.enums import HolderKind
from network.consent.models import Authority, Holder
from network.consent.querysets import STEWARD
from network.foundations.viewer import EVERYONE, MEMBER, Viewer, anonymous

COMMUNITY = 900_000_001


@dataclass(frozen=True)
class Watcher:
    name: str
    viewer: Viewer
    email: str = ""


@dataclass
class World:
    """A holder and a second one, with people around them; lives in a transaction that is taken back."""

    steward: Viewer
    holder: Holder
    second: Holder
    authorities: dict[int, Authority]
    watchers: list[Watcher] = field(default_factory=list)


_ROLES = ("steward", "editor", "secretariat", "site_moderator", "administrator")


def _person(name: str) -> User:
    return User.objects.create_user(f"audit-{name.replace(' ', '-')}@network.invalid", name=name)


def world() -> World:
    clerk = _person("clerk")
    by = Viewer(user=clerk, keys=frozenset({EVERYONE, MEMBER, STEWARD}))
    made = [
        actions.found_holder(
            kind=HolderKind.COMMUNITY, names={"en": name}, contact="nobody", by=by, withheld_words="kept"
        )
        for name in ("audited", "audited too")
    ]
    authorities = {
        holder.pk: actions.attest_authority(holder=holder, user=clerk, office="audit", by=by)
        for holder in made
    }
    found = World(by, made[0], made[1], authorities)
    found.watchers = list(_watchers(found))
    return found


def _watchers(world: World) -> Iterator[Watcher]:
    yield Watcher("anonymous", anonymous("en"))
    yield _member("member")
    yield _member("community member", f"community:{COMMUNITY}")
    yield _member("other community", f"community:{COMMUNITY + 1}", f"community:{COMMUNITY}1:moderator")
    former = _member("holder without standing")
    standing = actions.attest_standing(holder=world.holder, user=former.viewer.user, by=world.steward)
    actions.end_attestation(attestation=standing, by=world.steward)
    yield former
    holder = _member("holder", f"holder:{world.holder.pk}")
    actions.attest_standing(holder=world.holder, user=holder.viewer.user, by=world.steward)
    yield holder
    for role in _ROLES:
        yield _member(role.replace("_", " "), f"role:{role}")


def _member(name: str, *keys: str) -> Watcher:
    user = _person(name)
    viewer = Viewer(user=user, keys=frozenset({EVERYONE, MEMBER, f"user:{user.pk}", *keys}), language="en")
    return Watcher(name, viewer, user.email)
