"""Keeping what is derived from a profile in step with it, in the transaction that changed it."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from network.accounts.models import User
from network.experts import facets
from network.experts.actions.endorsements import show_standing
from network.experts.enums import Field, State, Visibility
from network.experts.models import ExpertProfile, NameKey
from network.experts.namekeys import keys_of
from network.experts.searching import KIND
from network.organizations import actions as organizations
from network.outbox.models import Entry
from network.pagecache.actions import bump
from network.pagecache.rules import PEOPLE
from network.search import actions as search
from network.search.analyser import fold


def refresh(profile: ExpertProfile) -> None:
    """Facets, circles, claim and search at once: a field that was just hidden is hidden everywhere."""
    _forget_prefetched(profile)
    sort_name = fold(profile.user.name)[:150]
    if profile.sort_name != sort_name:
        profile.sort_name = sort_name
        profile.save(update_fields=["sort_name"])
    _keep_name_keys(profile)
    facets.rebuild(profile)
    _claim_affiliation(profile)
    search.index(KIND, profile.pk, now=True)


def _keep_name_keys(profile: ExpertProfile) -> None:
    """By what somebody is noticed who is here twice."""
    wanted = keys_of([profile.user.name, *profile.other_names])
    standing = dict(NameKey.objects.filter(profile=profile).values_list("key", "pk"))
    if gone := [pk for key, pk in standing.items() if key not in wanted]:
        NameKey.objects.filter(pk__in=gone).delete()
    NameKey.objects.bulk_create(NameKey(profile=profile, key=key) for key in sorted(wanted - set(standing)))


def touch(profile: ExpertProfile) -> None:
    profile.updated_at = timezone.now()
    profile.save()
    refresh(profile)
    bump(PEOPLE)


def details_changed(entry: Entry) -> None:
    """Her name was changed in her account: lists and search follow."""
    _refresh_if_published(User(pk=entry.ids["person"]))
    bump(PEOPLE)


def organization_merged(entry: Entry) -> None:
    """Two organizations became one, or two again: filters, badges and search of their people follow."""
    both = [entry.ids["gone"], entry.ids["kept"]]
    concerned = ExpertProfile.objects.filter(
        Q(organization__in=both) | Q(user__endorsements__organization__in=both)
    )
    for user_id in concerned.order_by("user_id").values_list("user_id", flat=True).distinct():
        _refresh_if_published(User(pk=user_id))
        show_standing(person_id=user_id)


@transaction.atomic
def circles_changed(*, user: User) -> None:
    """She joined or left a community: what 'members of my communities' means for her is different now."""
    _refresh_if_published(user)


def _refresh_if_published(user: User) -> None:
    profile = ExpertProfile.objects.select_for_update().filter(user=user).first()
    if profile is not None and profile.state == State.PUBLISHED:
        refresh(profile)


def _claim_affiliation(profile: ExpertProfile) -> None:
    """Tell the organization, which may confirm it, once others may see that she names it."""
    said = profile.state == State.PUBLISHED and profile.level(Field.AFFILIATION) >= Visibility.MEMBERS
    organizations.claim_affiliation(
        person=profile.user,
        organization=profile.organization if said else None,
        role=profile.designation if profile.level(Field.DESIGNATION) >= Visibility.MEMBERS else "",
    )


def _forget_prefetched(profile: ExpertProfile) -> None:
    profile._prefetched_objects_cache = {}
