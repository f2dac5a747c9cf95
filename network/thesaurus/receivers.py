"""Words of vocabularies stand on many pages."""

from typing import Any

from network.pagecache.actions import bump
from network.pagecache.rules import SITE


def forget_kept(**kwargs: Any) -> None:
    """An editor has changed a word: no page that was kept for strangers is given out any more."""
    bump(SITE)
