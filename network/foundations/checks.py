"""What a start would not notice about the settings, and what it would cost: each with the way to mend it."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

_MAIL_TO_NOWHERE = ("console", "dummy", "filebased", "locmem")


@register(Tags.database)
def sqlite_waits_its_turn(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Without these, a web request and the worker that write at once fail with "database is locked"."""
    found: list[CheckMessage] = []
    for alias, config in settings.DATABASES.items():
        if not config["ENGINE"].endswith("sqlite3"):
            continue
        options = config.get("OPTIONS", {})
        if options.get("transaction_mode") != "IMMEDIATE":
            found.append(
                Error(
                    f"SQLite database {alias!r} does not take the write lock when a transaction begins.",
                    hint="Set OPTIONS['transaction_mode'] to 'IMMEDIATE'.",
                    id="network.E001",
                )
            )
        if "journal_mode=wal" not in options.get("init_command", "").lower().replace(" ", ""):
            found.append(
                Error(
                    f"SQLite database {alias!r} lets nobody read while somebody writes.",
                    hint="Put 'PRAGMA journal_mode=WAL;' into OPTIONS['init_command'].",
                    id="network.E002",
                )
            )
    return found


@register()
def tasks_run_once(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """django-q2's own defaults repeat long tasks and keep failing ones for ever."""
    cluster: dict[str, Any] = settings.Q_CLUSTER
    found: list[CheckMessage] = []
    if not cluster.get("timeout") or cluster.get("retry", 60) <= cluster["timeout"]:
        found.append(
            Error(
                "A task that takes long would be started a second time while it runs.",
                hint="Set Q_CLUSTER['timeout'], and Q_CLUSTER['retry'] to more than that.",
                id="network.E003",
            )
        )
    if not cluster.get("max_attempts") or not cluster.get("ack_failures"):
        found.append(
            Error(
                "A task that fails would be tried for ever.",
                hint="Set Q_CLUSTER['max_attempts'] to a few and Q_CLUSTER['ack_failures'] to True.",
                id="network.E004",
            )
        )
    return found


@register(Tags.security, deploy=True)
def secrets_are_secret(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Sessions, sign-in codes and the payloads of tasks are signed with this key."""
    key = settings.SECRET_KEY or ""
    if len(key) >= 50 and len(set(key)) >= 10 and not key.startswith("django-insecure-"):
        return []
    return [
        Error(
            "SECRET_KEY is short or plain, so that signatures could be guessed.",
            hint='Make one with: python -c "import secrets; print(secrets.token_urlsafe(64))"',
            id="network.E005",
        )
    ]


@register(Tags.security, deploy=True)
def hosts_are_named(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Addresses in mails and canonical links are built from these names."""
    found: list[CheckMessage] = []
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        found.append(
            Error(
                "ALLOWED_HOSTS is open: a forged Host header would get into links.",
                hint="Set ALLOWED_HOSTS to the names of the site, such as network.example.org.",
                id="network.E006",
            )
        )
    base = urlsplit(settings.NETWORK_BASE_URL)
    names = [host.lstrip(".") for host in settings.ALLOWED_HOSTS if host != "*"]
    known = any(base.hostname == name or str(base.hostname).endswith(f".{name}") for name in names)
    if base.scheme != "https" or not known:
        found.append(
            Error(
                f"NETWORK_BASE_URL ({settings.NETWORK_BASE_URL}) is not an https address of this site.",
                hint="Set NETWORK_BASE_URL to https:// and one of the names in ALLOWED_HOSTS.",
                id="network.E007",
            )
        )
    return found


@register(Tags.security, deploy=True)
def proxies_are_counted(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Rate limits go by the caller's address; behind a proxy it stands in a header that anybody can send."""
    behind = bool(settings.SECURE_PROXY_SSL_HEADER)
    count = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    if behind == bool(count):
        return []
    return [
        Error(
            "The number of trusted proxies does not fit: callers would share one address, or choose theirs.",
            hint="Set BEHIND_PROXY=true and TRUSTED_PROXY_COUNT to how many are in front, or neither.",
            id="network.E008",
        )
    ]


@register(deploy=True)
def mail_goes_out(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Sign-in codes come by mail."""
    found: list[CheckMessage] = []
    backends = [settings.EMAIL_BACKEND, getattr(settings, "CONSENT_MAIL_BACKEND", "")]
    if any(f".{word}." in backend for word in _MAIL_TO_NOWHERE for backend in backends):
        found.append(
            Error(
                "Mail is not sent to anybody.",
                hint="Set EMAIL_HOST, and leave the mail backends as they are.",
                id="network.E009",
            )
        )
    if settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith("@localhost"):
        found.append(
            Error(
                f"DEFAULT_FROM_EMAIL ({settings.DEFAULT_FROM_EMAIL}) is an address that nobody can answer.",
                hint="Set DEFAULT_FROM_EMAIL to an address of the site.",
                id="network.E010",
            )
        )
    return found


@register(deploy=True)
def processes_hear_each_other(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """In memory, what happens in one process reaches another only with the next look at the outbox."""
    in_memory = "InMemory" in settings.CHANNEL_LAYERS["default"]["BACKEND"]
    on_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    if not in_memory or on_sqlite:
        return []
    return [
        Warning(
            "Web processes and the worker do not hear each other at once.",
            hint="Set REDIS_URL.",
            id="network.W001",
        )
    ]
