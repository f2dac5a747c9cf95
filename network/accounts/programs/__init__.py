"""Programs that read in a person's name: how they come in, and the pages on which she lets them."""
