"""What can be looked at or taken out that others do not see: rooms name it in ``AppConfig.ready()``."""

from django.utils.functional import Promise

from network.foundations.registry import Registry

#: ``accounts.edit`` to what the person reads: "Your account in the administration".
kinds: Registry[str | Promise] = Registry("looks at personal data")


def label_of(what: str) -> str:
    return str(kinds.get(what) or what)
