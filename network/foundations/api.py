"""What each room offers under ``/api/v1/``."""

from ninja import Router

from network.foundations.registry import Registry

#: Path below ``/api/v1/`` to router; the roof mounts them all.
routers: Registry[Router] = Registry("API routers")
