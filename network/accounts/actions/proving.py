"""An address is proven for the first time."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from network.accounts.actions.suspensions import end_sessions
from network.accounts.models import User
from network.foundations.deeds import deed


@deed
def claim(*, person: User) -> None:
    """Whoever proves the address of an account that nobody has entered yet has it alone.

    Somebody else may have signed up with it, set a password or linked an identity, and be waiting for its
    owner.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.last_login is not None or EmailAddress.objects.filter(user=person, verified=True).count() > 1:
        return
    end_sessions(person)
    SocialAccount.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    if person.has_usable_password():
        person.set_unusable_password()
        person.save(update_fields=["password"])
