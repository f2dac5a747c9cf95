"""Asking holders, and their answers at their own pace. What is said is sealed for them and whoever asked."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.consent import audiences, policies
from network.consent.actions.consequences import ASKING
from network.consent.actions.media import seal_media_note
from network.consent.actions.sealing import check_words, seal_note
from network.consent.enums import RequestState
from network.consent.models import ConsentRequest, ItemKey, KnowledgeItem, Message
from network.consent.presets import asked_for
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.outbox.actions import announce


def ask(
    *,
    item: KnowledgeItem,
    preset: str,
    purpose: str,
    language: str,
    by: Viewer,
    audience: str = "",
    until: date | None = None,
    file: UploadedFile | None = None,
) -> ConsentRequest:
    """Bring a wish before the holders. Nothing happens without their yes, and silence is a no.

    What it is for is written, or spoken in ``file``, or both.
    """
    if not policies.can_ask(by, item):
        raise PermissionDenied(_("Sign in to ask the holders."))
    audience = _audience(item, preset, audience, by)
    if until and until < timezone.localdate():
        raise Refused(_("This day has passed."), "until")
    purpose = _words(purpose, file)
    check_words(purpose, language, "purpose")
    check_reachable(item)
    with transaction.atomic():
        # Two requests at the same moment queue up at the item.
        KnowledgeItem.objects.select_for_update().get(pk=item.pk)
        if ConsentRequest.objects.waiting().by(by).filter(item=item).exists():
            raise Refused(_("You have asked for this already. Add to that request, or take it back first."))
        request = ConsentRequest.objects.create(
            item=item, requester=by.user, preset=preset, audience=audience, until=until
        )
        _say(request, purpose, language, by, file)
        announce(ASKING, "consent.asked", request=str(request.pk))
    return request


def _audience(item: KnowledgeItem, preset: str, audience: str, by: Viewer) -> str:
    wanted = asked_for(preset, by.user_id)
    if wanted is None or not policies.may_be_asked_for(item, wanted, preset):
        raise Refused(_("Choose who would read it."), "preset")
    if wanted.audience:
        return wanted.audience
    if audience not in dict(audiences.choices(by)):
        raise Refused(_("Choose a community."), "audience")
    return audience


def check_reachable(item: KnowledgeItem) -> None:
    """What is sealed for the holders needs the item's key."""
    if ItemKey.objects.filter(pk=item.pk, destroyed_at__isnull=False).exists():
        raise Refused(_("The holders cannot be reached here any more. Ask them in one of the other ways."))


def write(
    *, request: ConsentRequest, text: str, language: str, by: Viewer, file: UploadedFile | None = None
) -> Message:
    """One more thing said in a request, written or spoken, by whoever asked or by the holders' own people."""
    if not policies.can_write(by, request):
        raise PermissionDenied(_("Only whoever asked and the holders’ own people talk here."))
    text = _words(text, file)
    check_words(text, language, "text")
    check_reachable(request.item)
    with transaction.atomic():
        message = _say(request, text, language, by, file)
        announce(ASKING, "consent.message", message=message.pk)
    return message


def _words(text: str, file: UploadedFile | None) -> str:
    """A recording needs no words of its own: whoever cannot hear it learns that there are none."""
    return text if text.strip() or file is None else _("What is heard was not written down.")


def _say(request: ConsentRequest, text: str, language: str, by: Viewer, file: UploadedFile | None) -> Message:
    message = Message.objects.create(
        request=request,
        by=by.user,
        from_holders=by.user_id != request.requester_id,
        language=language,
        spoken=file is not None,
    )
    place: dict[str, Any] = {"item": request.item, "name": message.part, "readers": parties(request)}
    if file is None:
        seal_note(language=language, text=text, **place)
    else:
        seal_media_note(language=language, text=text, file=file, **place)
    return message


def parties(request: ConsentRequest) -> list[str]:
    """The keys of those who read what is said in a request: the holders and whoever asked."""
    holders = request.item.holdings.values_list("holder_id", flat=True)
    return [*(f"holder:{holder}" for holder in holders), f"user:{request.requester_id}"]


def deliberate(*, request: ConsentRequest, by: Viewer) -> None:
    """The holders talk about it. A note for their own side: whoever asked is told nothing."""
    _settle(request, RequestState.DELIBERATING, by)


def refuse(*, request: ConsentRequest, tell: bool, by: Viewer) -> None:
    """No. Unless the holders want her to be told, it looks to whoever asked as if they had not answered."""
    _settle(request, RequestState.REFUSED, by, tell=tell)


@transaction.atomic
def _settle(request: ConsentRequest, state: RequestState, by: Viewer, *, tell: bool = False) -> None:
    if not policies.can_answer(by, request):
        raise PermissionDenied(_("Only somebody who decides for the holders can answer."))
    locked = _waiting(request)
    locked.state, locked.told, locked.answered_at = state, tell, timezone.now()
    locked.save(update_fields=["state", "told", "answered_at"])
    if tell:
        announce(ASKING, "consent.answered", request=str(locked.pk))


@transaction.atomic
def take_back(*, request: ConsentRequest, by: Viewer) -> None:
    """Whoever asked does not ask any more. What was said stays with the holders."""
    if by.user_id is None or by.user_id != request.requester_id:
        raise PermissionDenied(_("Only whoever asked can take it back."))
    locked = _waiting(request)
    locked.state, locked.told, locked.answered_at = RequestState.TAKEN_BACK, False, timezone.now()
    locked.save(update_fields=["state", "told", "answered_at"])


def _waiting(request: ConsentRequest) -> ConsentRequest:
    locked = ConsentRequest.objects.select_for_update().waiting().filter(pk=request.pk).first()
    if locked is None:
        raise Refused(_("This request does not wait for an answer any more."))
    return locked
