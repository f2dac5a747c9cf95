"""A public installation: everything secret comes from the environment, everything insecure is refused."""

from network.settings.base import *  # noqa: F403
from network.settings.env import env_bool, env_int, env_list, env_secret

SECRET_KEY = env_secret("SECRET_KEY")
KEY_ENCRYPTION_KEY = env_secret("KEY_ENCRYPTION_KEY")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS")
SECURE_SSL_REDIRECT = env_bool("SECURE_SSL_REDIRECT", True)
# Probes come from beside the process, before any proxy has made it https.
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$", "^metrics$"]
SECURE_HSTS_SECONDS = env_int("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env_bool("BEHIND_PROXY", False) else None
ALLAUTH_TRUSTED_PROXY_COUNT = env_int("TRUSTED_PROXY_COUNT", 1 if env_bool("BEHIND_PROXY", False) else 0)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# Asking browsers to preload the rule binds the whole domain for good: its owner's decision, not ours.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
