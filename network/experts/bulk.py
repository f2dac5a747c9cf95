"""Many people at once, all of them imagined: for trying the network out at its full size.

The person with number 17 is the same on every machine and in every run.
"""

import random
from collections.abc import Iterator

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from network.accounts.models import User
from network.experts import facets, searching
from network.experts.enums import TERM_FIELDS, Field, State, Visibility
from network.experts.models import Circle, ExpertProfile, ProfileFacet, ProfileTerm
from network.pagecache.actions import bump
from network.pagecache.rules import PEOPLE
from network.search.actions import add_many
from network.search.analyser import fold
from network.thesaurus.models import Term

DOMAIN = "bulk.example"
_AT_ONCE = 500
#: Given names and family names by the language that they are written in here; the language of the interface.
_NAMES = {
    "en": ("Ada Grace Keziah Moses Tui Wanjiku Thandi Kofi", "Abara Okafor Marlowe Njoroge Tamatea Dlamini"),
    "fr": ("Aïcha Mamadou Élise Kossi Noëlle Thierry Fatou Yao", "Traoré Lefèvre Mbarga Diallo Rakoto Koné"),
    "es": ("Lucía Nayeli Rosario Tomás Ximena Iñaki Yolanda Efraín",
    "Quispe Huamán Ortega Ixchel Paredes Mamani"),
    "ar": ("ليلى سلمى يوسف نادر هدى كريم مريم زياد", "الهاشمي بنعلي المصري الخطيب الزهراني حداد"),
    "ru": ("Айгуль Тимур Нина Бахром Дарья Эльдар Сауле Игорь", "Ахметова Соколов Юсупов Белова Ким Тынышов"),
    "zh-hans": ("慧敏 志远 雅琴 建国 晓梅 文博 丽华 思源", "陈 李 吴 赵 欧阳 林"),
    "hi": ("अनिता रमेश सुनीता विजय मीरा अर्जुन कमला देव", "शर्मा पटेल गोंड थापा मुंडा जोशी"),
    "am": ("አበበ ሰላም ሄለን ተስፋዬ ማርታ ዳዊት", "ከበደ ወልደ ገብሬ በቀለ ታደሰ"),
}  # fmt: skip
_OFFICES = ["Observatory", "Herbarium", "Ministry", "University", "Park authority", "Museum"]
_WORK = "Counts, maps and mends what lives in {place}; teaches it to those who come after."
_PLACES = [
    "lagoons",
    "peat bogs",
    "dry forests",
    "hay meadows",
    "coral reefs",
    "high pastures",
    "river deltas",
]


def email_of(number: int) -> str:
    return f"person-{number:06}@{DOMAIN}"


def people() -> dict[int, int]:
    """Number of each imagined person to the key of her account."""
    rows = User.objects.filter(email__endswith=f"@{DOMAIN}", email__startswith="person-")
    return {int(email[7:13]): pk for email, pk in rows.values_list("email", "pk")}


def seed_people(wanted: int) -> int:
    """Make those of the first ``wanted`` who are not there; returns how many were made."""
    known = people()
    missing = [number for number in range(1, wanted + 1) if number not in known]
    terms = _terms()
    for start in range(0, len(missing), _AT_ONCE):
        _make(missing[start : start + _AT_ONCE], terms)
    return len(missing)


@transaction.atomic
def _make(numbers: list[int], terms: dict[str, list[Term]]) -> None:
    closed = make_password(None)
    chosen = [random.Random(f"person {number}") for number in numbers]  # noqa: S311
    users = User.objects.bulk_create(
        _person(number, chance, closed) for number, chance in zip(numbers, chosen, strict=True)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, primary=True, verified=False) for user in users
    )
    profiles = ExpertProfile.objects.bulk_create(
        _profile(number, user, chance, terms)
        for number, user, chance in zip(numbers, users, chosen, strict=True)
    )
    ProfileTerm.objects.bulk_create(
        ProfileTerm(profile=profile, field=field, term=term)
        for profile, chance in zip(profiles, chosen, strict=True)
        for field, term in _listed(chance, terms)
    )
    made = searching.rows().filter(pk__in=[profile.pk for profile in profiles])
    broader = facets.broader_terms()
    ProfileFacet.objects.bulk_create(row for profile in made for row in facets.rows_of(profile, broader))
    add_many(searching.KIND, {profile.pk: searching.document(profile) for profile in made})
    bump(PEOPLE)


def _person(number: int, chance: random.Random, closed: str) -> User:
    language = chance.choice(list(_NAMES))
    given, family = (chance.choice(names.split()) for names in _NAMES[language])
    name = f"{family}{given}" if language == "zh-hans" else f"{given} {family}"
    shown = language if language in ("ar", "en", "es", "fr", "ru", "zh-hans") else "en"
    return User(email=email_of(number), name=name, language=shown, password=closed)


def _profile(number: int, user: User, chance: random.Random, terms: dict[str, list[Term]]) -> ExpertProfile:
    now = timezone.now()
    return ExpertProfile(
        user=user,
        slug=f"imagined-person-{number}",
        sort_name=fold(user.name)[:150],
        state=State.PUBLISHED,
        published_at=now,
        updated_at=now,
        affiliation=f"{chance.choice(_OFFICES)} {chance.randint(1, 60)}",
        country=chance.choice(terms["country"]),
        biography=f"<p>{_WORK.format(place=chance.choice(_PLACES))}</p>",
        visibility=dict.fromkeys((Field.SUBJECTS.value, Field.LANGUAGES.value), int(Visibility.EVERYONE)),
    )


def _terms() -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = {}
    for term in Term.objects.filter(domain__in=set(TERM_FIELDS.values())).order_by("domain", "code"):
        found.setdefault(term.domain_id, []).append(term)
    return found


def _listed(chance: random.Random, terms: dict[str, list[Term]]) -> Iterator[tuple[str, Term]]:
    for field, domain in TERM_FIELDS.items():
        for term in chance.sample(terms[domain], k=min(len(terms[domain]), chance.randint(1, 3))):
            yield field, term


def share_circles(members: dict[int, list[int]]) -> None:
    """Write the circles of many at once: person to the communities that she has just come to."""
    profiles = dict(ExpertProfile.objects.filter(user__in=members).values_list("user", "pk"))
    Circle.objects.bulk_create(
        (
            Circle(profile_id=profiles[person], key=f"community:{community}")
            for person, communities in members.items()
            if person in profiles
            for community in communities
        ),
        ignore_conflicts=True,
    )
