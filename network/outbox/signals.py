"""The bell of the room ``outbox``."""

from django.dispatch import Signal

#: Rung after commit, once for each ``announce`` or ``announce_each``. Carries ``streams``, their names.
#: Effects only: whoever misses it finds the rows.
announced_done = Signal()
