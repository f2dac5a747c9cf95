"""The bells of the room ``communities``."""

from django.dispatch import Signal

#: Rung inside the transaction of an act of those who look after a community. Carries ``act`` (an
#: ``enums.Act``), ``community``, ``actor`` (the user, or the rules), ``target`` (kind and id, as in
#: ``("post", 17)``), ``concerns`` (id of the user whose case it is, or None) and ``reason``. Receivers write
#: rows or raise.
act_recorded = Signal()
