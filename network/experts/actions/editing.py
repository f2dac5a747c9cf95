"""Writing one's own profile, a section at a time."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from network.accounts.models import User
from network.experts import policies, sections
from network.experts.actions.keeping import touch
from network.experts.enums import DEFAULT_VISIBILITY, TERM_FIELDS, Field, Visibility
from network.experts.models import ExpertProfile, ProfileTerm
from network.foundations.exceptions import StaleEdit
from network.foundations.viewer import Viewer
from network.organizations.models import Organization


def own_profile(viewer: Viewer) -> ExpertProfile:
    """Her profile, locked until the transaction ends; a draft is begun where there is none."""
    if not policies.can_have_profile(viewer):
        raise PermissionDenied(_("Sign in to make your profile."))
    ExpertProfile.objects.get_or_create(user_id=viewer.user_id)
    # Only the profile's own row is locked: its joined rows may be absent.
    profile = ExpertProfile.objects.select_for_update(of=("self",)).get(user_id=viewer.user_id)
    if not policies.can_edit(viewer, profile):
        raise PermissionDenied(_("Only the person herself edits her profile."))
    return profile


@transaction.atomic
def save_section(
    *,
    viewer: Viewer,
    section: sections.Section,
    values: dict[str, Any],
    visibility: dict[str, int],
    version: str,
) -> ExpertProfile:
    """Write the fields of ``section``.

    ``version`` names what the person saw when she began; if the section was saved elsewhere since,
    nothing is written and ``StaleEdit`` carries what stands now.
    """
    profile = own_profile(viewer)
    standing = sections.snapshot(profile, section)
    if version != sections.version_of(standing):
        raise StaleEdit(
            _("You saved this part somewhere else in the meantime. Both texts are shown here."), standing
        )
    for field in section.fields:
        if field in values:
            write(profile, field, values[field])
        if field in visibility:
            _choose(profile, field, Visibility(visibility[field]))
    touch(profile)
    return profile


def write(profile: ExpertProfile, field: Field, value: Any) -> None:
    """Set one field; the caller saves the profile and what is derived from it."""
    if field == Field.NAME:
        profile.user.name = value
        User.objects.filter(pk=profile.user_id).update(name=value)
    elif field in TERM_FIELDS:
        _write_terms(profile, field, value)
    elif field == Field.TAGS:
        profile.tags.set(value)
    elif sections.is_column(field):
        sections.write(profile, field, value)
    if field == Field.AFFILIATION:
        profile.organization = Organization.objects.named(value)


def _write_terms(profile: ExpertProfile, field: Field, wanted: list[int]) -> None:
    held = profile.terms.filter(field=field)
    held.exclude(term__in=wanted).delete()
    there = set(held.values_list("term_id", flat=True))
    ProfileTerm.objects.bulk_create(
        ProfileTerm(profile=profile, field=field, term_id=pk) for pk in wanted if pk not in there
    )


def _choose(profile: ExpertProfile, field: Field, level: Visibility) -> None:
    if field == Field.NAME:
        profile.name_visibility = level
    elif level == DEFAULT_VISIBILITY[field]:
        profile.visibility.pop(field.value, None)
    else:
        profile.visibility[field.value] = int(level)
