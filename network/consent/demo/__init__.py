"""The demo's chapter: an imagined people and three things that it knows, shared as far as it wants.

Neither the people nor the knowledge exists; every text says so, for real knowledge is no decoration.
"""

from network.accounts.models import User
from network.consent import actions
from network.consent.demo import asking, keeping
from network.consent.enums import (
    Basis,
    ContactKind,
    Detail,
    Exposure,
    HolderKind,
    Method,
    PartName,
    RecordKind,
    Visibility,
)
from network.consent.models import Authority, Holder, KnowledgeItem
from network.consent.presets import presets
from network.consent.querysets import STEWARD
from network.foundations.viewer import MEMBER, Viewer

HOLDER = "The Tavalé of Lanu (an imagined people)"
SEABIRDS = "Reading the weather from seabirds"
RESTING_REEF = "Letting a reef rest"
PLANTING_SONG = "A song for planting time"

_NOTE = "The council met twice, in the language of Lanu, with an interpreter. Both meetings are made up."
_EVIDENCE = "The minutes, on one sheet of paper. The paper is made up too."
_TEXTS = {
    SEABIRDS: (
        "public",
        Exposure.OPEN,
        "When the noddies come home before noon and fly low over the lagoon, the Tavalé pull their canoes "
        "above the second line of palms. Two days later, they say, the wind turns.\n\n"
        "This text was made up for a demonstration. Neither the Tavalé nor this practice exists.",
    ),
    RESTING_REEF: (
        "members",
        Exposure.SHARED,
        "A family that has lost an elder may ask for a reef to rest. A branch with white cloth is set on the "
        "reef’s edge; nobody fishes there until the branch has fallen by itself.\n\n"
        "This text was made up for a demonstration. Neither the Tavalé nor this practice exists.",
    ),
    PLANTING_SONG: (
        "holders",
        Exposure.KNOWN,
        "The first verse names the four winds, the second the yams in the order of planting. Only those who "
        "have planted may sing the third.\n\n"
        "This text was made up for a demonstration. Neither the Tavalé nor this song exists.",
    ),
}


def item(title: str) -> KnowledgeItem:
    """One of the demo's items, for chapters that place it on a page."""
    return KnowledgeItem.objects.get(title=title, holders__names__en=HOLDER)


def seed() -> None:
    steward = User.objects.get(email="steward@demo.example")
    by = Viewer(user=steward, keys=frozenset({MEMBER, STEWARD}))
    holder = Holder.objects.filter(names__en=HOLDER).first() or _found(by)
    authority = _authority(holder, by)
    keeping.seed_protocol(holder, by)
    for title in _TEXTS:
        if not KnowledgeItem.objects.filter(title=title, holders=holder).exists():
            _seal_and_share(title, holder, authority, by)
    asking.seed_request(item(RESTING_REEF))
    asking.seed_proposal(by)
    keeping.seed_labels(holder, item(SEABIRDS), item(PLANTING_SONG))
    keeping.seed_code(holder, by)


def _found(by: Viewer) -> Holder:
    return actions.found_holder(
        kind=HolderKind.PEOPLE,
        names={"en": HOLDER},
        attribution="The Tavalé of Lanu, an imagined people",
        contacts=[
            (ContactKind.OFFICE, "Council house of Lanu"),
            (ContactKind.RADIO, "Fridays at seven"),
            (ContactKind.EMAIL, "council@lanu.example"),
        ],
        withheld_words="We keep this among ourselves. Come and sit with us, and we will see.",
        by=by,
    )


def _authority(holder: Holder, by: Viewer) -> Authority:
    speaker = User.objects.get(email="holder@demo.example")
    actions.attest_standing(holder=holder, user=speaker, by=by)
    found = Authority.objects.in_force().filter(holder=holder, user=speaker).first()
    return found or actions.attest_authority(
        holder=holder,
        user=speaker,
        office="Speaker of the council of Lanu",
        basis="Chosen by the council",
        by=by,
    )


def _with_a_paper() -> actions.Note:
    """How it came about, with a file that shows it, which everybody may see who sees the knowledge."""
    return actions.Note(_NOTE, "en", details={Detail.EVIDENCE: _EVIDENCE}, file=keeping.minutes())


def _seal_and_share(title: str, holder: Holder, authority: Authority, by: Viewer) -> None:
    preset_name, exposure, text = _TEXTS[title]
    made = actions.create_item(
        title=title, holders=[holder], exposure=exposure, parts={PartName.BODY: text}, by=by
    )
    preset = presets.get(preset_name)
    actions.record_consent(
        item=made,
        authorities=[authority],
        kind=RecordKind.GIVEN,
        basis=Basis.FPIC,
        method=Method.MEETING,
        particulars=actions.Particulars(
            preset=preset_name,
            duties=keeping.duties() if title == RESTING_REEF else (),
            review_on=keeping.last_week() if title == SEABIRDS else None,
            visibility={Detail.EVIDENCE: Visibility.PUBLIC} if title == SEABIRDS else {},
        ),
        clauses=[preset.clause()],
        note=_with_a_paper() if title == SEABIRDS else actions.Note(_NOTE, "en"),
        by=by,
    )
