"""Writing one's own profile, a section at a time."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from network.accounts.models import User
from network.experts import orcid, policies, sections
from network.experts import values as plain
from network.experts.actions.drafts import drop_draft
from network.experts.actions.keeping import touch
from network.experts.enums import DEFAULT_VISIBILITY, TERM_FIELDS, Field, Visibility
from network.experts.models import ExpertProfile, Revision
from network.foundations.deeds import deed
from network.foundations.exceptions import StaleEdit
from network.foundations.viewer import Viewer
from network.organizations.models import Organization
from network.thesaurus.models import Term

#: How many changes of a profile are kept.
MOST_REVISIONS = 100


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


@deed
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
    if not profile.sort_name and not profile.orcid:
        # The first that she writes here: the iD with which she signs in comes along.
        profile.orcid = orcid.proven(profile.user_id)
    change(profile, section, values, visibility)
    drop_draft(profile.user_id, section)
    return profile


@deed
def bring_back(*, viewer: Viewer, revision: Revision) -> ExpertProfile:
    """Write again what stood in a section before ``revision``; who sees it stays as it is now."""
    profile = own_profile(viewer)
    section = sections.find(revision.section)
    if revision.profile_id != profile.pk or section is None:
        raise PermissionDenied(_("Only the person herself edits her profile."))
    change(profile, section, usable(section, revision.before["values"]), {})
    return profile


def usable(section: sections.Section, values: dict[str, Any]) -> dict[str, Any]:
    """What can still be written of values kept some time ago: terms may have been taken out since."""
    found = {name: values[name] for name in section.kept if name in values}
    asked = {pk for name in found if name in TERM_FIELDS for pk in found[name]}
    asked |= {found[Field.COUNTRY]} if found.get(Field.COUNTRY) else set()
    known = set(Term.objects.filter(pk__in=asked).values_list("pk", flat=True)) if asked else set()
    for name in found:
        if name in TERM_FIELDS:
            found[name] = [pk for pk in found[name] if pk in known]
    if Field.COUNTRY in found and found[Field.COUNTRY] not in known:
        found[Field.COUNTRY] = None
    return found


@deed
def forget_history(*, viewer: Viewer) -> int:
    """Throw away what stood in her profile before; what stands there now stays."""
    return own_profile(viewer).revisions.all().delete()[0]


def change(
    profile: ExpertProfile, section: sections.Section, values: dict[str, Any], visibility: dict[str, int]
) -> None:
    """Write, keep what stood there before, and let everything that is derived follow."""
    before = sections.snapshot(profile, section)
    for name in section.kept:
        if name in values:
            write(profile, name, values[name])
        if name in visibility:
            _choose(profile, Field(name), Visibility(visibility[name]))
    touch(profile)
    after = sections.snapshot(profile, section)
    if before != after and Field.PHOTO not in section.fields:
        Revision.objects.create(profile=profile, section=section.name, before=before, after=after)
        _forget_oldest(profile)


def _forget_oldest(profile: ExpertProfile) -> None:
    newest = profile.revisions.order_by("-pk").values_list("pk", flat=True)[MOST_REVISIONS:][:1]
    if last := next(iter(newest), None):
        profile.revisions.filter(pk__lte=last).delete()


def write(profile: ExpertProfile, field: str, value: Any) -> None:
    """Set one field; the caller saves the profile and what is derived from it."""
    if field == Field.NAME:
        profile.user.name = value
        User.objects.filter(pk=profile.user_id).update(name=value)
    else:
        plain.write(profile, field, value)
    if field == Field.AFFILIATION:
        profile.organization = Organization.objects.named(value)


def _choose(profile: ExpertProfile, field: Field, level: Visibility) -> None:
    if field == Field.NAME:
        profile.name_visibility = level
    elif level == DEFAULT_VISIBILITY[field]:
        profile.visibility.pop(field.value, None)
    else:
        profile.visibility[field.value] = int(level)
