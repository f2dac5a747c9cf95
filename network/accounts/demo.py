"""The demo's sign-ins: ten people whose password everybody knows, so only where that does no harm."""

from dataclasses import dataclass
from datetime import timedelta
from secrets import token_urlsafe

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from network.accounts import actions, policies
from network.accounts.actions.programs import PREFIX, digest_of
from network.accounts.enums import Role
from network.accounts.models import Look, ProgramKey, User
from network.foundations.viewer import viewer_for

#: What a program sends to read as the expert does; made up so that anybody can try it.
PROGRAM_KEY = f"{PREFIX}{'demonstration-' * 3}key"
PASSWORD = "demo"  # noqa: S105 - the point of a demo is that everybody knows it


@dataclass(frozen=True)
class SignIn:
    """One person of the demo; ``totp_secret`` goes into an authenticator app where a role demands it."""

    email: str
    name: str
    meaning: str
    role: Role | None = None
    totp_secret: str = ""
    language: str = "en"
    zone: str = "UTC"


SIGN_INS = [
    SignIn(
        "expert@demo.example",
        "Amina Wanjiru",
        "an expert who keeps a profile",
        zone="Africa/Nairobi",
    ),
    SignIn(
        "moderator@demo.example",
        "Mateus Ferreira",
        "runs the forums of a community",
        zone="America/Sao_Paulo",
    ),
    SignIn(
        "editor@demo.example",
        "Claire Dubois",
        "publishes fairs, news and results",
        Role.EDITOR,
        zone="Europe/Paris",
    ),
    SignIn(
        "steward@demo.example",
        "Nang Htay",
        "seals traditional knowledge and records consent",
        Role.STEWARD,
        "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
        zone="Asia/Yangon",
    ),
    SignIn(
        "holder@demo.example",
        "Lesieli Taufa",
        "speaks for holders of traditional knowledge",
        zone="Pacific/Tongatapu",
    ),
    SignIn(
        "juror@demo.example", "Erik Lindqvist", "scores nominations for the award", zone="Europe/Stockholm"
    ),
    SignIn(
        "nominator@demo.example",
        "Nguyễn Thị Lan",
        "a national focal point who nominates",
        zone="Asia/Ho_Chi_Minh",
    ),
    SignIn(
        "secretariat@demo.example",
        "Jean-Marc Tremblay",
        "screens nominations and releases results",
        Role.SECRETARIAT,
        "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU",
        zone="America/Toronto",
    ),
    SignIn(
        "officer@demo.example",
        "Olga Ivanova",
        "a second one of the secretariat: who screens does not decide",
        Role.SECRETARIAT,
        "ONSWG4TFORSXGZLDN5XGIZDFNVXW2ZLT",
        zone="America/Toronto",
    ),
    SignIn(
        "admin@demo.example",
        "Ines Castillo",
        "runs the installation",
        Role.ADMINISTRATOR,
        "MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK",
        zone="America/Bogota",
    ),
]


def seed() -> None:
    """Make the ten, or bring them back to what they were; refused where strangers could use them."""
    if not (settings.DEBUG or settings.DEMO_SIGN_INS):
        raise ImproperlyConfigured(
            "The demo's passwords are public, so it runs only with DEBUG on. "
            "Set DEMO_SIGN_INS=true if this installation is a demonstration that anybody may enter."
        )
    for sign_in in SIGN_INS:
        _make(sign_in)
    _look()
    _keys()


def _keys() -> None:
    """Two programs of the expert: one reads, the other was ended."""
    expert = User.objects.get(email="expert@demo.example")
    if ProgramKey.objects.filter(person=expert).exists():
        return
    now = timezone.now()
    ProgramKey.objects.create(
        person=expert,
        name="Map of our project",
        digest=digest_of(PROGRAM_KEY),
        made_at=now - timedelta(days=12),
        ends_at=now + timedelta(days=353),
        last_used_on=now.date() - timedelta(days=1),
    )
    ProgramKey.objects.create(
        person=expert,
        name="First try",
        digest=digest_of(PREFIX + token_urlsafe(32)),
        made_at=now - timedelta(days=40),
        ends_at=now + timedelta(days=50),
        revoked_at=now - timedelta(days=13),
    )


def _look() -> None:
    """The expert finds that somebody has looked at what she does not show."""
    expert = User.objects.get(email="expert@demo.example")
    if not Look.objects.filter(person=expert).exists():
        administrator = viewer_for(User.objects.get(email="admin@demo.example"))
        actions.looked_at(
            people=[expert.pk],
            by=administrator,
            what="accounts.edit",
            purpose="She had lost her telephone and asked for help.",
        )


@transaction.atomic
def _make(sign_in: SignIn) -> None:
    person, made = User.objects.get_or_create(
        email=sign_in.email,
        defaults={"name": sign_in.name, "language": sign_in.language, "zone": sign_in.zone},
    )
    if made or not person.check_password(PASSWORD):
        # Straight to the row: "demo" is no password that the validators would let anybody choose.
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    actions.give_consent(person=person)
    if sign_in.totp_secret and not Authenticator.objects.filter(user=person, type="totp").exists():
        TOTP.activate(person, sign_in.totp_secret)
    if sign_in.role:
        actions.grant_role(person=person, role=sign_in.role, by=policies.INSTALLATION, reason="Demonstration")


def printed() -> list[str]:
    """The lines that tell a newcomer how to sign in."""
    lines = [f"Sign in with any of these, password {PASSWORD!r}:"]
    for sign_in in SIGN_INS:
        second = f"  (second factor, secret {sign_in.totp_secret})" if sign_in.totp_secret else ""
        lines.append(f"  {sign_in.email:<26} {sign_in.meaning}{second}")
    return [*lines, f"A program reads as the expert with the header 'Authorization: Bearer {PROGRAM_KEY}'."]
