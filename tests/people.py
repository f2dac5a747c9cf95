"""The cast: a few people with a fixed meaning, the same in every test.

``people.editor()`` is the editor, made when first asked for. What a room adds to a person's meaning (the
facilitator's community, the juror's appointment) stands in ``tests/<room>/cast.py`` as ``extend(cast)``;
``people.cast()`` calls them all and gives the whole cast.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, fields

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import AnonymousUser
from django.test import Client

import tests
from network.accounts import actions, policies
from network.accounts.enums import Role
from network.accounts.models import User
from network.foundations.viewer import Viewer, viewer_for

PASSWORD = "a quiet river in April"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def person(handle: str, name: str = "", role: Role | None = None, **fields) -> User:
    """Whoever has this handle; made at need, with a verified address and, where a role demands it, a second
    factor."""
    email = f"{handle}@cast.example"
    found = User.objects.filter(email=email).first()
    if found:
        return found
    made = User.objects.create_user(
        email, PASSWORD, **{"name": name or handle.replace("-", " ").title(), **fields}
    )
    EmailAddress.objects.create(user=made, email=email, verified=True, primary=True)
    if role:
        actions.grant_role(person=made, role=role, by=policies.INSTALLATION)
    if role in {Role.ADMINISTRATOR, Role.SECRETARIAT, Role.STEWARD}:
        TOTP.activate(made, TOTP_SECRET)
    return made


def expert() -> User:
    """An expert who shares her whole profile with everybody."""
    return person("expert", "Amina Wanjiru")


def quiet_expert() -> User:
    """An expert who shares nothing."""
    return person("quiet-expert", "Bohdan Kovalenko")


def member() -> User:
    """A person with an account and nothing else."""
    return person("member", "Chen Wei")


def facilitator() -> User:
    """Facilitates the community."""
    return person("facilitator", "Doris Okello")


def moderator() -> User:
    """Moderates the community (not the whole network: that is ``site_moderator``)."""
    return person("moderator", "Mateus Ferreira")


def community_member() -> User:
    """An ordinary member of the community."""
    return person("community-member", "Farida Rahimi")


def outsider() -> User:
    """A member of another community."""
    return person("outsider", "Goran Petrović")


def suspended_member() -> User:
    """A member of the community whom a moderator has suspended there; her account is open."""
    return person("suspended-member", "Hugo Martín")


def barred() -> User:
    """A person whose account is suspended."""
    found = person("barred", "Ivan Orlov")
    if found.is_active:
        actions.suspend(person=found, by=policies.INSTALLATION, reason="Sent advertisements")
    return found


def steward() -> User:
    """Seals traditional knowledge and records consent."""
    return person("steward", "Nang Htay", Role.STEWARD)


def holder() -> User:
    """Speaks for the holders of a piece of traditional knowledge."""
    return person("holder", "Lesieli Taufa")


def editor() -> User:
    """Publishes pages."""
    return person("editor", "Claire Dubois", Role.EDITOR)


def juror() -> User:
    """Scores nominations."""
    return person("juror", "Erik Lindqvist")


def nominator() -> User:
    """A national focal point who nominates."""
    return person("nominator", "Nguyễn Thị Lan")


def secretariat() -> User:
    """Screens nominations and releases results."""
    return person("secretariat", "Jean-Marc Tremblay", Role.SECRETARIAT)


def site_moderator() -> User:
    """Keeps the peace of the whole network."""
    return person("site-moderator", "Kamala Devi", Role.MODERATOR)


def administrator() -> User:
    """Runs the installation."""
    return person("administrator", "Ines Castillo", Role.ADMINISTRATOR)


def stranger() -> AnonymousUser:
    """Nobody we know."""
    return AnonymousUser()


@dataclass(frozen=True)
class Cast:
    """Everybody at once: for tests that ask each of them the same."""

    stranger: AnonymousUser
    member: User
    expert: User
    quiet_expert: User
    facilitator: User
    moderator: User
    community_member: User
    outsider: User
    suspended_member: User
    barred: User
    steward: User
    holder: User
    editor: User
    juror: User
    nominator: User
    secretariat: User
    site_moderator: User
    administrator: User

    def items(self) -> list[tuple[str, User | AnonymousUser]]:
        return [(field.name, getattr(self, field.name)) for field in fields(self)]


def cast() -> Cast:
    """The whole cast, with everything that rooms add to its meaning."""
    everybody = Cast(**{field.name: globals()[field.name]() for field in fields(Cast)})
    for extend in _extensions():
        extend(everybody)
    return everybody


def _extensions() -> list[Callable[[Cast], None]]:
    rooms = sorted(room.name for room in pkgutil.iter_modules(tests.__path__) if room.ispkg)
    found = [f"tests.{room}.cast" for room in rooms if importlib.util.find_spec(f"tests.{room}.cast")]
    return [importlib.import_module(name).extend for name in found]


def sign_in(client: Client, who: User | AnonymousUser) -> Client:
    """``client`` signed in as ``who``; a stranger and a suspended person stay outside."""
    client.logout()
    if who.is_authenticated and who.is_active:
        client.force_login(who)
    return client


def viewer(who: User | AnonymousUser) -> Viewer:
    """What ``who`` may see, as the database stands now."""
    return viewer_for(User.objects.get(pk=who.pk) if who.is_authenticated else who)
