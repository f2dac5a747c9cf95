"""Two accounts of one person become one, and two again."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from network.accounts import merge_links, policies
from network.accounts.actions.suspensions import end_sessions
from network.accounts.merging import merging, moved, objection
from network.accounts.models import Departure, Device, PersonMerge, User
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.merging import Change, back, written
from network.foundations.viewer import Viewer
from network.outbox.actions import announce
from network.outbox.models import Entry
from network.pagecache.actions import bump
from network.pagecache.rules import PEOPLE, SITE

ASKED, MERGED, UNMERGED = "accounts.merge_asked", "accounts.merged", "accounts.unmerged"


@deed
def ask_to_merge(*, person: User, email: str) -> None:
    """Write to the other account's address: whoever opens the link there proves that it is hers too.

    The answer is the same whether there is such an account or not.
    """
    has_it = Q(email__iexact=email) | Q(emailaddress__email__iexact=email, emailaddress__verified=True)
    other = User.objects.filter(has_it, is_active=True, merged_into=None).exclude(pk=person.pk).first()
    if other is not None:
        announce(f"person:{person.pk}", ASKED, kept=person.pk, gone=other.pk)


@deed
def merge_own(*, viewer: Viewer, token: str) -> PersonMerge:
    """She is signed in with the one, and has opened the letter that went to the other."""
    gone = merge_links.asked_in(token, viewer.user_id)
    if gone is None:
        raise PermissionDenied(_("This link is not for the account that you are signed in with."))
    return _merge(viewer, gone, viewer.user, "")


@deed
def merge_people(*, viewer: Viewer, gone: User, kept: User, reason: str) -> PersonMerge:
    """An administrator has found one person twice. Both addresses are told, and either can undo it."""
    if not policies.can_merge_people(viewer, gone.pk, kept.pk):
        raise PermissionDenied(_("Only administrators merge accounts of others, and none her own."))
    if not reason.strip():
        raise Refused(_("Say why: the person will read it."), "reason")
    return _merge(viewer, gone, kept, reason.strip())


def _merge(viewer: Viewer, gone: User, kept: User, reason: str) -> PersonMerge:
    rows = {
        row.pk: row
        for row in User.objects.select_for_update().filter(pk__in=[gone.pk, kept.pk]).order_by("pk")
    }
    held, into = rows[gone.pk], rows[kept.pk]
    if held.pk == into.pk:
        raise Refused(_("This is the same account."))
    if held.merged_into_id or into.merged_into_id:
        raise Refused(_("One of the two has been merged already."))
    if against := objection(held, into, viewer):
        raise Refused(against)
    made = PersonMerge.objects.create(gone=held, kept=into, by_id=viewer.user_id, reason=reason[:300])
    end_sessions(held)
    changes = _addresses(held, into) + merging.follow(held, into)
    held.merged_into, held.is_active = into, False
    changes += written([held])
    made.changes, made.moved = changes, moved(changes)
    made.save(update_fields=["changes", "moved"])
    _tell(made, MERGED)
    return made


def _addresses(gone: User, kept: User) -> list[Change]:
    """She is still reached, and signs in by a code, at every address that was proven."""
    rows = list(EmailAddress.objects.filter(user=gone, verified=True))
    for row in rows:
        row.user_id, row.primary = kept.pk, False
    return written(rows)


@deed
def undo_people_merge(*, viewer: Viewer, merge: PersonMerge, token: str = "") -> None:
    """Whatever still stands as the merge left it goes back; ``token`` is out of the letter about it."""
    if not policies.can_undo_merge(viewer, merge) and merge_links.told_in(token) != merge.pk:
        raise PermissionDenied(_("Only the person herself and administrators undo it."))
    held = PersonMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if held.undone_at is not None:
        raise Refused(_("This has been undone already."))
    if not held.can_be_undone:
        raise Refused(_("The time in which it could be undone is over."))
    people = list(User.objects.select_for_update().filter(pk__in=[held.gone_id, held.kept_id]).order_by("pk"))
    if any(person.has_left for person in people):
        raise Refused(_("One of the two has left."))
    if next(person for person in people if person.pk == held.kept_id).merged_into_id:
        raise Refused(_("The account that was kept has been merged itself. Undo that first."))
    back(held.changes)
    held.undone_at, held.undone_by_id = timezone.now(), viewer.user_id
    held.save(update_fields=["undone_at", "undone_by"])
    _tell(held, UNMERGED)


def _tell(merge: PersonMerge, kind: str) -> None:
    announce(f"person:{merge.kept_id}", kind, merge=merge.pk, gone=merge.gone_id, kept=merge.kept_id)
    for person in (merge.gone_id, merge.kept_id):
        # What shows her name follows as if she had changed it.
        announce(f"person:{person}", "accounts.details_changed", person=person)
    bump(PEOPLE, SITE)


def forget_merges() -> int:
    """Throw away what was kept to undo merges whose time is over, and the keys of what went; how many."""
    over = PersonMerge.objects.filter(undone_at=None, undo_until__lt=timezone.now()).exclude(changes=[])
    found = list(over.select_related("gone")[:200])
    for merge in found:
        Authenticator.objects.filter(user=merge.gone_id).delete()
        Device.objects.filter(person=merge.gone_id).delete()
        merge.gone.set_unusable_password()
        merge.gone.save(update_fields=["password"])
        merge.changes = []
        merge.save(update_fields=["changes"])
    return len(found)


def erase_merged(person: User) -> list[User]:
    """Accounts that became hers: what is left of them goes with her. Returns them for the other rooms."""
    PersonMerge.objects.filter(Q(kept=person) | Q(gone=person)).delete()
    former = list(User.objects.filter(merged_into=person))
    Departure.objects.bulk_create([Departure(person=one, choice="erase") for one in former])
    return former


# --- letters ----------------------------------------------------------------------------------------------


def send_question(entry: Entry) -> None:
    """To the other account's address: is that you?"""
    people = {row.pk: row for row in User.objects.filter(pk__in=[entry.ids["kept"], entry.ids["gone"]])}
    kept, gone = people.get(entry.ids["kept"]), people.get(entry.ids["gone"])
    if kept and gone and gone.is_active and gone.merged_into_id is None:
        with translation.override(gone.language):
            link = merge_links.to_ask(kept, gone)
            _send(gone, _("Is this account yours, too?"), "question", link=link, other=kept)


def send_news(entry: Entry) -> None:
    """To both addresses: merged, by whom, and how it is undone; or undone."""
    merge = PersonMerge.objects.select_related("gone", "kept", "by").filter(pk=entry.ids["merge"]).first()
    if merge is None:
        return
    for person in (merge.gone, merge.kept):
        with translation.override(person.language):
            subject = _("Two accounts have become one")
            if merge.undone_at:
                subject = _("One account has become two again")
            _send(person, subject, "news", link=merge_links.to_tell(merge), merge=merge)


def _send(person: User, subject: str, name: str, **context: object) -> None:
    told = {"network_name": settings.NETWORK_NAME, "person": person, "hours": merge_links.HOURS, **context}
    words = render_to_string(f"emails/accounts/merge_{name}.txt", told)
    send_mail(subject, words.strip() + "\n", None, [person.email])
