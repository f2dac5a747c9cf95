"""Pages are kept only here: elsewhere tests write rows past the deeds that would bump their tags."""

import pytest


@pytest.fixture(autouse=True)
def pages_are_kept(settings) -> None:
    settings.PAGE_CACHE_SECONDS = 300
