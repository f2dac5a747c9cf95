"""The demo's holders are asked, and decide together: a request in two languages, a proposal that waits.

Nobody in it exists but the people who sign in to the demo.
"""

from network.accounts.models import User
from network.consent import actions
from network.consent.enums import (
    Basis,
    ContactKind,
    DutyKind,
    Exposure,
    HolderKind,
    Method,
    PartName,
    Voice,
)
from network.consent.models import Authority, ConsentRequest, Holder, KnowledgeItem, Proposal
from network.consent.presets import presets
from network.foundations.viewer import Viewer, viewer_for

WOMEN = "The women weavers of Lanu (an imagined community)"
MAT = "A pattern for a wedding mat"
#: Agrees or not; she has no sign-in of her own, so the steward can write down her word.
SECOND_VOICE = ("sisilia@people.example", "Sisilia Moala")

_PURPOSE = (
    "Trabajamos con una escuela en la costa y quisiéramos leer este texto con los niños, una sola vez y en "
    "voz alta. No haremos copias. ¿Qué les gustaría recibir a cambio?\n\n"
    "Este texto se inventó para una demostración."
)
_ANSWER = (
    "Thank you for asking first. Before we answer: who teaches the children, and could one of our own elders "
    "be with you when it is read?\n\nThis text was made up for a demonstration."
)
_PATTERN = (
    "Four strands are folded back for each grandmother whose name the bride carries.\n\n"
    "This text was made up for a demonstration. Neither the weavers nor this pattern exists."
)
_TOLD = "The weavers met in the language of Lanu. The meeting is made up."


def seed_request(item: KnowledgeItem) -> None:
    """Asked in Spanish, answered in English with a question."""
    asker = viewer_for(User.objects.get(email="moderator@demo.example"))
    if ConsentRequest.objects.by(asker).filter(item=item).exists():
        return
    request = actions.ask(item=item, preset="alone", purpose=_PURPOSE, language="es", by=asker)
    speaker = viewer_for(User.objects.get(email="holder@demo.example"))
    actions.write(request=request, text=_ANSWER, language="en", by=speaker)


def seed_proposal(by: Viewer) -> None:
    """Women's knowledge: one of the two who decide would share it, the other has not said anything yet."""
    speaker = User.objects.get(email="holder@demo.example")
    holder = Holder.objects.filter(names__en=WOMEN).first() or _found(by)
    if Proposal.objects.filter(holder=holder).exists():
        return
    first = _authority(holder, speaker, "Eldest of the weavers", by)
    _authority(holder, _second(), "Keeper of the looms", by)
    item = actions.create_item(
        title=MAT, holders=[holder], exposure=Exposure.OPEN, of_women=True,
        parts={PartName.BODY: _PATTERN}, by=by,
    )  # fmt: skip
    actions.give(
        item=item,
        authorities=[first],
        basis=Basis.FPIC,
        method=Method.MEETING,
        clauses=[presets.get("members").clause()],
        particulars=actions.Particulars(
            preset="members", duties=(actions.DutyTerm(DutyKind.ATTRIBUTION),), visibility={"basis": "public"}
        ),
        note=actions.Note(_TOLD, "en"),
        by=viewer_for(speaker),
    )


def _found(by: Viewer) -> Holder:
    return actions.found_holder(
        kind=HolderKind.COMMUNITY,
        names={"en": WOMEN},
        contacts=[(ContactKind.OFFICE, "Weaving house of Lanu, mornings")],
        quorum=2,
        by=by,
    )


def _authority(holder: Holder, user: User, office: str, by: Viewer) -> Authority:
    actions.attest_standing(holder=holder, user=user, by=by)
    return actions.attest_authority(holder=holder, user=user, office=office, voice=Voice.WOMEN, by=by)


def _second() -> User:
    email, name = SECOND_VOICE
    person, made = User.objects.get_or_create(email=email, defaults={"name": name})
    if made:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    return person
