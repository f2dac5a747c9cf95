"""How an action says no; views turn these into a message beside the field."""

from typing import Any


class Refused(Exception):
    """The deed cannot be done, for a reason that the person can understand and mend.

    ``field`` names the form field that the sentence belongs to; without it the sentence stands on top.
    Not for permissions: those raise ``PermissionDenied``.
    """

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.field = field


class StaleEdit(Refused):
    """Somebody saved in between; ``current`` is what stands now, so that both texts can be shown."""

    def __init__(self, sentence: str, current: Any, field: str | None = None) -> None:
        super().__init__(sentence, field)
        self.current = current
