"""Somebody from a list does not want to be here: her record goes at once, and lists leave her out."""

from django.utils.translation import gettext as _

from network.accounts import actions as accounts
from network.accounts.enums import Leaving
from network.accounts.models import ListedPerson, ListRefusal, User
from network.experts.claims import is_claimed, refusal_hash
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused


@deed
def refuse_lists(*, person: User) -> None:
    """Erase what a list told of her. For records that nobody has claimed: others leave in their settings."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if not ListedPerson.objects.filter(person=person).exists() or is_claimed(person):
        raise Refused(_("This account is in use. Sign in, then leave under “Your data”."))
    ListRefusal.objects.get_or_create(email_hash=refusal_hash(person.email))
    accounts.leave(person=person, choice=Leaving.ERASE, farewell=False)
