"""The one mail to somebody whom a list has brought in."""

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from network.accounts.models import ListedPerson, User
from network.outbox.models import Entry

_SALT = "experts.from_list"


def token_for(person: User) -> str:
    """Good until she has left: then her pseudonym is another one."""
    return signing.dumps([person.pk, str(person.actor_id)], salt=_SALT)


def person_of(token: str) -> User | None:
    """Whom the link was made for, if a list has brought her in and she is still here."""
    try:
        pk, pseudonym = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (
        User.objects.select_related("from_list")
        .filter(pk=pk, actor_id=pseudonym, from_list__isnull=False)
        .first()
    )


def write_to(entry: Entry) -> None:
    """The worker's part: one mail, once, to somebody who has not come by herself in the meantime."""
    kept = (
        ListedPerson.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(person=entry.ids["person"], invited_at=None)
        .first()
    )
    if kept is None or kept.person.last_login is not None:
        return
    kept.invited_at = timezone.now()
    kept.save(update_fields=["invited_at"])
    person = kept.person
    with translation.override(person.language):
        path = reverse("experts:from_list", args=[token_for(person)])
        context = {
            "list_name": kept.list_name,
            "link": f"{settings.NETWORK_BASE_URL}{path}",
            "network_name": settings.NETWORK_NAME,
        }
        letter = EmailMultiAlternatives(
            subject=_("You stand in a list: do you want to be in %(network)s?")
            % {"network": settings.NETWORK_NAME},
            body=render_to_string("emails/experts/from_list.txt", context),
            to=[person.email],
        )
        letter.attach_alternative(render_to_string("emails/experts/from_list.html", context), "text/html")
    letter.send()
