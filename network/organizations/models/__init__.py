"""Organizations, who belongs to them, and who speaks for a Party."""

from network.organizations.models.networks import AffiliationInvitation, Belonging, OrganizationMerge
from network.organizations.models.organizations import Affiliation, Alternate, FocalPoint, Organization

__all__ = [
    "Affiliation",
    "AffiliationInvitation",
    "Alternate",
    "Belonging",
    "FocalPoint",
    "Organization",
    "OrganizationMerge",
]
