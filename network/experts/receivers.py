"""What happens in vocabularies changes by what people are found."""

from typing import Any

from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.db import transaction

from network.experts import actions, facets
from network.experts.models import ExpertProfile
from network.experts.orcid import PROVIDER
from network.outbox.actions import announce
from network.outbox.models import Entry
from network.pagecache.actions import bump
from network.pagecache.rules import PEOPLE
from network.thesaurus.models import Term

TERM_MOVED = "experts.term_moved"
_AT_ONCE = 200


def remember_place(sender: type[Term], instance: Term, raw: bool = False, **_: Any) -> None:
    """Before a term is saved: below what it stood."""
    if instance.pk and not raw:
        stood = Term.objects.filter(pk=instance.pk).values_list("parent_id", flat=True).first()
        instance._stood_below = stood  # type: ignore[attr-defined]


def follow_term(sender: type[Term], instance: Term, created: bool, raw: bool = False, **_: Any) -> None:
    """A term stands below another one now: the worker files its people there."""
    if created or raw or getattr(instance, "_stood_below", instance.parent_id) == instance.parent_id:
        return
    with transaction.atomic():
        announce(f"term:{instance.pk}", TERM_MOVED, term=instance.pk)


def term_moved(entry: Entry) -> None:
    """The facets of everybody who has the term, or one below it."""
    term = Term.objects.filter(pk=entry.ids["term"]).first()
    if term is None:
        return
    broader = facets.broader_terms()
    below = facets.below(term.pk, broader)
    people = ExpertProfile.objects.filter(terms__term__in=below).order_by("pk").distinct()
    for profile in people.select_related("user", "country").iterator(_AT_ONCE):
        facets.rebuild(profile, broader)
    bump(PEOPLE)


def follow_link(sender: Any, sociallogin: SocialLogin, **_: Any) -> None:
    """She signs in at ORCID from now on: her profile says so."""
    actions.follow_link(person=sociallogin.user)


def follow_unlinking(sender: Any, socialaccount: SocialAccount, **_: Any) -> None:
    if socialaccount.provider == PROVIDER:
        actions.follow_unlinking(person=socialaccount.user, uid=socialaccount.uid)
