"""The part of the world in which people vouch for people: places of rosters, endorsements, organizations."""

from dataclasses import dataclass

from django.urls import reverse

from network.experts import once_links
from network.experts.models import Endorsement, ExpertProfile, Roster, RosterEntry, RosterKeeper
from network.organizations import actions as offices
from network.organizations.models import (
    Affiliation,
    AffiliationInvitation,
    Belonging,
    Organization,
    OrganizationMerge,
)
from tests import people
from tests.experts import trust
from tests.organizations.factories import SECRETARIAT, organization

#: Addresses that only take deeds.
DEEDS = frozenset(
    {
        "endorsements:accept", "endorsements:decline", "endorsements:withdraw", "rosters:act",
        "rosters:write", "rosters:close", "rosters:end-keeper", "organizations:act", "organizations:answer",
        "organizations:belonging", "organizations:undo-merge",
    }
)  # fmt: skip


@dataclass
class Trust:
    """The expert is endorsed by one Party and listed by it; the member is asked into an organization."""

    profile: ExpertProfile
    endorsement: Endorsement
    roster: Roster
    keeper: RosterKeeper
    entry: RosterEntry
    affiliation: Affiliation
    invitation: AffiliationInvitation
    belonging: Belonging
    merge: OrganizationMerge


def build(cast: people.Cast, profile: ExpertProfile, office: Organization) -> Trust:
    on = trust.roster()
    officer = trust.belongs_to(people.person("officer"), office, officer=True)
    other = organization("Reef network")
    offices.invite(viewer=SECRETARIAT, organization=office, email=cast.member.email)
    return Trust(
        profile=profile,
        endorsement=trust.endorsed(profile.user),
        roster=on,
        keeper=on.keepers.get(),
        entry=trust.listed(profile.user, on),
        affiliation=officer,
        invitation=AffiliationInvitation.objects.get(),
        belonging=offices.ask_belonging(viewer=SECRETARIAT, member=office, network=other),
        merge=offices.merge_organizations(
            viewer=SECRETARIAT, gone=organization("Lagoon observ."), kept=office
        ),
    )


def places(world: Trust, office: Organization) -> dict[str, str]:
    entry, on = world.entry.pk, world.roster.slug
    named = {
        "endorsements:endorse": [world.profile.slug],
        "endorsements:accept": [world.endorsement.pk],
        "endorsements:decline": [world.endorsement.pk],
        "endorsements:withdraw": [world.endorsement.pk],
        "rosters:still-true": [once_links.address(entry, 1).rstrip("/").rpartition("/")[2]],
        "rosters:entry": [entry],
        "rosters:act": [entry, "confirm"],
        "rosters:write": [entry, "off"],
        **{f"rosters:{name}": [on] for name in ("detail", "feed", "take-out", "nominate", "keep", "edit")},
        "rosters:keepers": [on],
        "rosters:close": [on],
        "rosters:end-keeper": [on, world.keeper.pk],
        "organizations:answer": [world.invitation.pk, "decline"],
        "organizations:act": [world.affiliation.pk, "confirm"],
        "organizations:belonging": [world.belonging.pk, "confirm"],
        "organizations:networks": [office.slug],
        "organizations:merge": [office.slug],
        "organizations:undo-merge": [office.slug, world.merge.pk],
    }
    return {name: reverse(name, args=args) for name, args in named.items()}
