"""Works that somebody has published: read from BibTeX, ORCID and DOIs, written as BibTeX."""
