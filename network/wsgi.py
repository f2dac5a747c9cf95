"""The roof for servers that speak WSGI only: pages without live parts."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network.settings.production")
application = get_wsgi_application()
