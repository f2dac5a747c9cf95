"""What every installation shares, in the order in which a request meets it."""

from pathlib import Path
from zoneinfo import available_timezones

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from network.settings import identities
from network.settings.env import env_bool, env_int, env_list, env_secret, env_text

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(env_text("NETWORK_VAR_DIR", str(BASE_DIR / "var")))

NETWORK_NAME = env_text("NETWORK_NAME", "Biodiversity Practitioners’ Network")
NETWORK_SHORT_NAME = env_text("NETWORK_SHORT_NAME", "the Network")
NETWORK_BASE_URL = env_text("NETWORK_BASE_URL", "http://127.0.0.1:8000").rstrip("/")

# --- doors ------------------------------------------------------------------------------------------------
DEBUG = False
SECRET_KEY = env_secret("SECRET_KEY", "") or None
# Wraps the key of every sealed item. Whoever loses it loses what is sealed (docs/decisions).
KEY_ENCRYPTION_KEY = env_secret("KEY_ENCRYPTION_KEY", "") or None
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", [])
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS", [])
ROOT_URLCONF = "network.urls"
ASGI_APPLICATION = "network.asgi.application"
WSGI_APPLICATION = "network.wsgi.application"
APPEND_SLASH = True

INSTALLED_APPS = [
    # front
    "home.pages",
    "home.events",
    # rooms
    "communities.moderation",
    "communities.forums",
    "communities",
    # network
    "network.awards",
    "network.calls",
    "network.experts",
    "network.organizations",
    "network.search",
    "network.notifications",
    "network.live",
    "network.consent",
    "network.thesaurus",
    "network.accounts",
    "network.pagecache",
    "network.outbox",
    "network.foundations",
    # libraries
    "wagtail.contrib.redirects",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "network.accounts.cms.apps.PeopleConfig",  # wagtail.users
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.orcid",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "channels",
    "django_q",
    "django_prose_editor",
    "js_asset",
    "lucide",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "network.foundations.metrics.RequestMetricsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    # The consent gate: inside compression, outside everything that could keep what it releases.
    "network.consent.middleware.EgressMiddleware",
    "network.foundations.csp.PathCSPMiddleware",
    # Inside the gate, so that tokens are kept and never what they stand for.
    "network.pagecache.middleware.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "network.accounts.middleware.LastSeenMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "network.accounts.middleware.ViewerMiddleware",
    "network.accounts.middleware.SecondFactorMiddleware",
    "network.accounts.middleware.RefusedFormMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    # Last: a program has no session, and nothing above takes it for the person whose key it carries.
    "network.accounts.programs.middleware.ProgramMiddleware",
]

# --- security ---------------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Who sends it as a bearer token may read /metrics and the details of /readyz from afar.
METRICS_TOKEN = env_secret("METRICS_TOKEN", "")
SESSION_ENGINE = "network.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "network.foundations.errors.csrf_failure"

# Strict everywhere but under /cms/, whose admin needs inline styles and scripts (network.foundations.csp).
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],
        "manifest-src": [SELF],
        "media-src": [SELF],
        "object-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
    }
}
CMS_CONTENT_SECURITY_POLICY = {
    "default-src": [SELF],
    "base-uri": [SELF],
    "connect-src": [SELF],
    "font-src": [SELF, "data:"],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
    "frame-src": [SELF],
    "img-src": [SELF, "data:", "blob:"],
    "object-src": [NONE],
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
}

# --- data -------------------------------------------------------------------------------------------------
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# WAL lets readers read while one writes; IMMEDIATE takes the write lock at BEGIN, so that a
# read-then-write transaction waits for its turn instead of failing at once.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        "PRAGMA busy_timeout=20000; PRAGMA cache_size=-16000; PRAGMA mmap_size=134217728;"
    ),
}


def database(url: str, sqlite_name: str) -> dict:
    """The Django settings of one database: ``url`` if given, else an SQLite file under ``var/``."""
    if url:
        import dj_database_url

        config = dict(dj_database_url.parse(url))
        if config["ENGINE"] == "django.db.backends.sqlite3":
            config["OPTIONS"] = SQLITE_OPTIONS
    else:
        config = {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(VAR_DIR / sqlite_name),
            "OPTIONS": SQLITE_OPTIONS,
        }
    # Seconds that a connection lives in its thread: those that answer requests are standing ones.
    return config | {"CONN_MAX_AGE": env_int("CONN_MAX_AGE", 600), "CONN_HEALTH_CHECKS": True}


DATABASES = {
    "default": database(env_text("DATABASE_URL", ""), "network.sqlite3"),
    # The keys that open sealed knowledge: another file, another backup, another set of hands.
    "keys": database(env_text("KEYS_DATABASE_URL", ""), "keys.sqlite3"),
}
DATABASE_ROUTERS = ["network.consent.routers.KeysRouter"]

# How many requests one process answers at once. Each thread keeps a connection to either database.
WEB_THREADS = env_int("WEB_THREADS", 8)

# For how long a page is kept at most for readers who are not signed in; 0 keeps none.
PAGE_CACHE_SECONDS = env_int("PAGE_CACHE_SECONDS", 300)

REDIS_URL = env_text("REDIS_URL", "")
if REDIS_URL:
    _REDIS = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    CACHES = {"default": _REDIS, "pages": {**_REDIS, "KEY_PREFIX": "pages"}}
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [REDIS_URL]},
        }
    }
else:
    # The rate limits of sign-in count in the cache, so web and worker share one on disk.
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(VAR_DIR / "cache"),
        },
        # By themselves, so that many pages never push out what the rate limits have counted.
        "pages": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(VAR_DIR / "pages"),
            "OPTIONS": {"MAX_ENTRIES": 2000},  # type: ignore[dict-item]
        },
    }
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}

# --- people -----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# The demo's passwords are public: its sign-ins are made only where DEBUG is on, or where this says so.
DEMO_SIGN_INS = env_bool("DEMO_SIGN_INS", False)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

# --- languages, times -------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
#: So long a decision of a moderator may be taken back; nobody is told of it before.
UNDO_SECONDS = 30

LANGUAGES = [
    ("ar", _("Arabic")),
    ("en", _("English")),
    ("es", _("Spanish")),
    ("fr", _("French")),
    ("ru", _("Russian")),
    ("zh-hans", _("Chinese")),
]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [str(BASE_DIR / "network" / "locale")]
FORMAT_MODULE_PATH = ["network.foundations.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- faces ------------------------------------------------------------------------------------------------
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [str(BASE_DIR / "templates")],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "network.foundations.context.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

STATIC_URL = "/static/"
STATIC_ROOT = str(VAR_DIR / "static")
STATICFILES_DIRS = [str(BASE_DIR / "network" / "static")]
STATICFILES_FINDERS = [
    "network.foundations.bundle.BundleFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = str(VAR_DIR / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    # Sealed recordings and pictures; a private bucket does as well.
    "vault": {"BACKEND": "network.consent.vault.VaultStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

# --- mail -------------------------------------------------------------------------------------------------
# Every mail passes the consent gate, which hands it on to this backend.
EMAIL_BACKEND = "network.consent.mail.GatedBackend"
CONSENT_MAIL_BACKEND = env_text("CONSENT_MAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env_text("EMAIL_HOST", "localhost")
EMAIL_PORT = env_int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env_text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env_secret("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env_text("DEFAULT_FROM_EMAIL", "Biodiversity Practitioners’ Network <network@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# The domain in identifiers of mails and lists (Message-ID, List-Id); empty: the host of NETWORK_BASE_URL.
MAIL_DOMAIN = env_text("MAIL_DOMAIN", "")

# Mail that comes in. Without a domain nobody replies by mail and no mail is received (docs/administrator.md).
MAIL_IN_DOMAIN = env_text("MAIL_IN_DOMAIN", "").lower()
# Where `manage.py up` has mail received: smtp://127.0.0.1:8025 or lmtp://127.0.0.1:8024. Empty: nowhere.
MAIL_IN_LISTEN = env_text("MAIL_IN_LISTEN", "")
MAIL_IN_MAX_SIZE = env_int("MAIL_IN_MAX_SIZE", 30 * 1024 * 1024)
# The name that our front mail server gives itself in Received and Authentication-Results. Without it neither
# is believed: the hour of our own receiver counts, and nothing proves a sender.
MAIL_IN_FRONT = env_text("MAIL_IN_FRONT", "").lower()
# How much earlier than its arrival a mail may say that it was sent, for that hour to count.
MAIL_IN_TOLERANCE_MINUTES = env_int("MAIL_IN_TOLERANCE_MINUTES", 15)
# A mailbox to fetch from (`manage.py fetch_mail`).
MAIL_IN_IMAP_HOST = env_text("MAIL_IN_IMAP_HOST", "")
MAIL_IN_IMAP_PORT = env_int("MAIL_IN_IMAP_PORT", 993)
MAIL_IN_IMAP_TLS = env_bool("MAIL_IN_IMAP_TLS", True)
MAIL_IN_IMAP_USER = env_text("MAIL_IN_IMAP_USER", "")
MAIL_IN_IMAP_PASSWORD = env_secret("MAIL_IN_IMAP_PASSWORD", "")
MAIL_IN_IMAP_FOLDER = env_text("MAIL_IN_IMAP_FOLDER", "INBOX")
# Where fetched mails go. Empty: they stay and are marked as seen.
MAIL_IN_IMAP_DONE_FOLDER = env_text("MAIL_IN_IMAP_DONE_FOLDER", "")
# An address is suspended after one final refusal, or after so many temporary ones within so many days.
MAIL_SOFT_BOUNCES = env_int("MAIL_SOFT_BOUNCES", 5)
MAIL_SOFT_BOUNCE_DAYS = env_int("MAIL_SOFT_BOUNCE_DAYS", 7)

# --- traditional knowledge --------------------------------------------------------------------------------
# Hidden items keep a text of which only its holders know. Secret, sacred or initiated knowledge should be on
# no shared computer at all, so this is off until an installation and its holders have talked about it.
CONSENT_HIDDEN_ITEMS = env_bool("CONSENT_HIDDEN_ITEMS", False)
# Sealed recordings and pictures. Outside everything that is served.
CONSENT_VAULT_DIR = VAR_DIR / "vault"
# The internal location where nginx hands out what the media broker opened for some minutes
# (X-Accel-Redirect), and the directory behind it, in memory at best. Empty: the broker does it itself.
CONSENT_MEDIA_ACCEL = env_text("CONSENT_MEDIA_ACCEL", "")
CONSENT_MEDIA_ACCEL_DIR = Path(env_text("CONSENT_MEDIA_ACCEL_DIR", str(VAR_DIR / "opened")))

# --- background -------------------------------------------------------------------------------------------
Q_CLUSTER = {
    "name": "network",
    "workers": env_int("WORKERS", 1),
    "timeout": 300,
    "retry": 360,  # must exceed timeout, or a long task runs twice
    "max_attempts": 5,
    "ack_failures": True,
    "poll": 0.5,
    "save_limit": 500,
    "catch_up": False,
    "label": "Background tasks",
}
if REDIS_URL:
    Q_CLUSTER["redis"] = REDIS_URL
else:
    Q_CLUSTER["orm"] = "default"

# --- sign-in (django-allauth) -----------------------------------------------------------------------------
ACCOUNT_ADAPTER = "network.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# The same answer whether an address has an account or not; its owner learns the rest by mail.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# A password is not needed: whoever leaves it empty signs in with codes or a passkey.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_FORMS = {
    "add_email": "network.accounts.forms.ChangeEmailForm",
    "login": "network.accounts.forms.LoginForm",
    "request_login_code": "network.accounts.forms.RequestCodeForm",
    "reset_password": "network.accounts.forms.ResetPasswordForm",
    "signup": "network.accounts.forms.SignUpForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# Identities from elsewhere (network/settings/identities.py): a new one always passes the sign-up form, where
# name, language and consent are asked, and never opens an account by its address alone.
ORCID_SITE, ORCID_API = identities.orcid_hosts()
SOCIALACCOUNT_ADAPTER = "network.accounts.identities.adapter.IdentityAdapter"
SOCIALACCOUNT_PROVIDERS = identities.providers()
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
SOCIALACCOUNT_FORMS = {
    "disconnect": "network.accounts.identities.forms.UnlinkForm",
    "signup": "network.accounts.identities.forms.IdentitySignUpForm",
}
MFA_ADAPTER = "network.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
# A passkey alone opens the door, so it asks for a finger or a PIN, and not only for the key in the hand.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = NETWORK_NAME
MFA_TOTP_TOLERANCE = 1

# --- the CMS ----------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = NETWORK_NAME
WAGTAILADMIN_BASE_URL = NETWORK_BASE_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_USER_TIME_ZONES = ["UTC", *sorted(zone for zone in available_timezones() if "/" in zone)]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "network.awards.finish.finish_workflow"
WAGTAIL_AUTOSAVE_INTERVAL = 5000
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ods", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILDOCS_INLINE_CONTENT_TYPES = []
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env_text("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django-q": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        # The receiver of mail would write down who wrote to whom.
        "mail.log": {"level": "WARNING"},
        # Its complaints quote the document that it reads.
        "pypdf": {"level": "CRITICAL"},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []

# --- records of people elsewhere --------------------------------------------------------------------------
# Where public ORCID records and the works behind DOIs are read; nothing else is ever asked.
ORCID_API_URL = env_text("ORCID_API_URL", "https://pub.orcid.org/v3.0")
DOI_API_URL = env_text("DOI_API_URL", "https://api.crossref.org/works")
