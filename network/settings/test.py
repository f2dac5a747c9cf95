"""The test suite: fast hashing, no waiting; everything else as it is in production.

``TEST_ENGINE`` chooses ``sqlite`` (the default) or ``postgres``, which brings Redis along. Each process
gets a place of its own: a directory under ``var/test/``, databases and a Redis database that nobody else
uses. ``tests/engine`` fills the databases from a template.
"""

import hashlib
import os
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from network.settings.env import env_text
from network.settings.place import claim

TEST_ENGINE = env_text("TEST_ENGINE", "sqlite")
if TEST_ENGINE not in ("sqlite", "postgres"):
    raise ImproperlyConfigured(f"TEST_ENGINE={TEST_ENGINE!r} is not understood. Use sqlite or postgres.")

_root = Path(__file__).resolve().parents[2]
TEST_DIR = _root / "var" / "test"
_number = claim(TEST_DIR, TEST_ENGINE, range(100))
TEST_PLACE = TEST_DIR / f"{TEST_ENGINE}-{_number}"
#: Begins every name on a PostgreSQL server, so that two clones on one machine keep apart.
TEST_DATABASE_PREFIX = f"bpn_{hashlib.sha256(str(_root).encode()).hexdigest()[:6]}"

# The environment is how an installation is described; these lines describe the place of this process.
os.environ["NETWORK_VAR_DIR"] = str(TEST_PLACE)
if TEST_ENGINE == "postgres":
    os.environ.setdefault("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
    _redis = urlsplit(os.environ.get("REDIS_URL", "redis://127.0.0.1:6379"))
    _locks = Path(tempfile.gettempdir()) / "network-test-redis"
    _database = claim(_locks, f"{_redis.hostname}-{_redis.port}", range(1, 16))
    os.environ["REDIS_URL"] = _redis._replace(path=f"/{_database}").geturl()
else:
    for _name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(_name, None)

from network.settings.base import *  # noqa: E402, F403
from network.settings.base import CHANNEL_LAYERS, DATABASES, REDIS_URL, database  # noqa: E402

for _alias in DATABASES:
    DATABASES[_alias] = database(os.environ.get("DATABASE_URL", ""), f"{_alias}.sqlite3")
    DATABASES[_alias]["CONN_MAX_AGE"] = 0
    if TEST_ENGINE == "postgres":
        DATABASES[_alias]["NAME"] = f"{TEST_DATABASE_PREFIX}_{_number}_{_alias}"
if REDIS_URL:
    # Publishing knows no database numbers, so the names of groups keep the processes apart.
    CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = f"{TEST_DATABASE_PREFIX}-{_number}"

#: Tests look at what people are told without waiting.
UNDO_SECONDS = 0
SECRET_KEY = "only-for-the-test-suite"  # noqa: S105
KEY_ENCRYPTION_KEY = "only-for-the-test-suite-too"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "vault": {"BACKEND": "network.consent.vault.VaultStorage"},
}
WHITENOISE_AUTOREFRESH = True
NETWORK_BASE_URL = "http://testserver"
MAIL_IN_DOMAIN = "mail.testserver"
# Tests write rows past the deeds that would bump a page's tags; tests of the page cache turn it on.
PAGE_CACHE_SECONDS = 0
