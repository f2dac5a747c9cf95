"""Two rows were one organization: whatever has a column that points to the one follows to the other."""

from network.foundations.merging import Merging

_OWN = ["organizations.OrganizationMerge", "organizations.Organization"]

merging = Merging("organizations.Organization", own=_OWN)
#: What becomes of a row that would be the second one of its kind; rooms register here.
closers = merging.closers
