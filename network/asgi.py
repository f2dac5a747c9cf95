"""The roof over HTTP and WebSocket."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network.settings.production")
django.setup(set_prefix=False)

# Only now are the apps ready that these import.
from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402

from network.foundations.handler import PooledHandler  # noqa: E402
from network.live.routing import sockets  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": PooledHandler(),
        "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(sockets))),
    }
)
