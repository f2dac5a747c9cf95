"""Who looks: people with every kind of key, and nobody."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from network.accounts.models import User
from network.consent import actions
from network.consent.enums import Circle, ContactKind, HolderKind, Voice
from network.consent.models import Authority, Holder
from network.consent.querysets import STEWARD
from network.foundations.viewer import EVERYONE, MEMBER, PROGRAM, Viewer, anonymous

COMMUNITY = 900_000_001
ORGANIZATION = 900_000_002
_ROLES = ("steward", "editor", "secretariat", "site_moderator", "administrator")

#: Names of those who look, as states speak of them.
ANONYMOUS = "anonymous"
IN_THE_COMMUNITY = "community member"
IN_THE_ORGANIZATION = "organization member"
NAMED = "named recipient"
HOLDER = "holder"
WOMAN = "woman of the holder"
INITIATED = "initiated woman"
OF_BOTH = "holder of both"
OTHER_HOLDER = "other holder"

#: Programs with a key, each with whose eyes it has: they read where data leave for programs, else nowhere.
PROGRAMS = {
    "program of a member": "member",
    "program in the community": IN_THE_COMMUNITY,
    "program of a holder": HOLDER,
    "program of the superuser": "superuser",
}
#: The one door that a key opens.
FOR_PROGRAMS = "api"


@dataclass(frozen=True)
class Watcher:
    name: str
    viewer: Viewer
    email: str = ""


@dataclass
class World:
    """Three holders with people around them; lives in a transaction that is taken back.

    The first has a women's authority and a second general one, beside that of the clerk.
    """

    steward: Viewer
    holder: Holder
    second: Holder
    third: Holder
    strict: Holder
    authorities: dict[int, Authority]
    women: Authority
    deputy: Authority
    watchers: list[Watcher] = field(default_factory=list)

    def key_of(self, name: str) -> str:
        """The key of one of the watchers as a person."""
        user = next(watcher.viewer.user for watcher in self.watchers if watcher.name == name)
        return f"user:{user.pk}"


def world() -> World:
    clerk = _person("clerk")
    by = Viewer(user=clerk, keys=frozenset({EVERYONE, MEMBER, STEWARD}))
    made = [_holder(name, by) for name in ("audited", "audited too", "audited as well", "strict")]
    authorities = {
        holder.pk: actions.attest_authority(holder=holder, user=clerk, office="audit", by=by)
        for holder in made
    }
    women, deputy = (
        actions.attest_authority(holder=made[0], user=_person(voice), office=voice, by=by, voice=voice)
        for voice in (Voice.WOMEN, Voice.GENERAL)
    )
    first, second, third, strict = made
    found = World(by, first, second, third, strict, authorities, women, deputy)
    found.watchers = list(_watchers(found))
    found.watchers += [_program(name, of, found.watchers) for name, of in PROGRAMS.items()]
    return found


def _program(name: str, of: str, people: list[Watcher]) -> Watcher:
    """With all that its person holds: the gate may not lean on roles having been left out."""
    person = next(watcher for watcher in people if watcher.name == of).viewer
    return Watcher(name, Viewer(person.user, person.keys | {PROGRAM}, person.language))


def _holder(name: str, by: Viewer) -> Holder:
    return actions.found_holder(
        kind=HolderKind.COMMUNITY,
        names={"en": name},
        contacts=[(ContactKind.OFFICE, "nobody")],
        by=by,
        withheld_words="kept",
    )


def _watchers(world: World) -> Iterator[Watcher]:
    first, second = world.holder, world.second
    yield Watcher(ANONYMOUS, anonymous("en"))
    yield _member("member")
    yield _member(IN_THE_COMMUNITY, f"community:{COMMUNITY}")
    yield _member("other community", f"community:{COMMUNITY + 1}", f"community:{COMMUNITY}1:moderator")
    yield _member(IN_THE_ORGANIZATION, f"organization:{ORGANIZATION}")
    yield _member(NAMED)
    former = _member("holder without standing")
    standing = actions.attest_standing(holder=first, user=former.viewer.user, by=world.steward)
    actions.end_attestation(attestation=standing, by=world.steward)
    yield former
    yield _of_holders(HOLDER, world, {first: ()})
    yield _of_holders(WOMAN, world, {first: [Circle.WOMEN]})
    yield _of_holders(INITIATED, world, {first: [Circle.WOMEN, Circle.INITIATED]})
    yield _of_holders(OF_BOTH, world, {first: (), second: ()})
    yield _of_holders(OTHER_HOLDER, world, {second: ()})
    for role in _ROLES:
        yield _member(role.replace("_", " "), f"role:{role}")
    yield _superuser()


def _person(name: str, **fields: bool) -> User:
    return User.objects.create_user(f"audit-{name.replace(' ', '-')}@network.invalid", name=name, **fields)


def _member(name: str, *keys: str, **fields: bool) -> Watcher:
    user = _person(name, **fields)
    viewer = Viewer(user=user, keys=frozenset({EVERYONE, MEMBER, f"user:{user.pk}", *keys}), language="en")
    return Watcher(name, viewer, user.email)


def _superuser() -> Watcher:
    """Everything that Django and the network can give to somebody who runs the machine."""
    roles = (f"role:{role}" for role in _ROLES)
    return _member("superuser", "staff", *roles, is_staff=True, is_superuser=True)


def _of_holders(name: str, world: World, circles: dict) -> Watcher:
    """One of the people of these holders, in these circles: attested, for mail asks the database."""
    keys = [f"holder:{holder.pk}" for holder in circles]
    keys += [f"holder:{holder.pk}:{circle}" for holder, within in circles.items() for circle in within]
    watcher = _member(name, *keys)
    decides = Viewer(user=world.steward.user, keys=world.steward.keys)
    for holder, within in circles.items():
        actions.attest_standing(holder=holder, user=watcher.viewer.user, by=decides, circles=within)
    return watcher
