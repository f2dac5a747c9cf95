"""Identities from elsewhere: ORCID, and an organization's own sign-in by OpenID Connect."""
