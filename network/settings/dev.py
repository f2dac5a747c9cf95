"""A laptop: SQLite, mail into files, generated secrets, the demo's sign-ins."""

from network.settings.base import *  # noqa: F403
from network.settings.base import VAR_DIR
from network.settings.env import env_bool, env_text
from network.settings.secrets_file import local_secret

DEBUG = env_bool("DEBUG", True)
SECRET_KEY = env_text("SECRET_KEY", "") or local_secret(VAR_DIR / "secret_key")
KEY_ENCRYPTION_KEY = KEY_ENCRYPTION_KEY or local_secret(VAR_DIR / "key_encryption_key")  # noqa: F405
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *ALLOWED_HOSTS]  # noqa: F405
if not env_text("EMAIL_HOST", ""):
    CONSENT_MAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(VAR_DIR / "mail")
# WebAuthn insists on https but for localhost, where it may be told to be content with http.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "vault": {"BACKEND": "network.consent.vault.VaultStorage"},
}
WHITENOISE_USE_FINDERS = True
