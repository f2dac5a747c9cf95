"""Settings that would fail quietly are told with the way to mend them."""

from types import SimpleNamespace

import pytest
from django.conf import settings as project

from network.foundations import checks


def ids(found):
    return [message.id for message in found]


def ask(check):
    found = check(app_configs=None)
    assert all(message.hint for message in found), "each says how to mend it"
    return ids(found)


def sqlite(**options):
    return {"default": {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": options}}


WAL = "PRAGMA journal_mode = WAL;"


@pytest.mark.parametrize(
    ("databases", "found"),
    [
        (sqlite(transaction_mode="IMMEDIATE", init_command=WAL), []),
        (sqlite(init_command=WAL), ["network.E001"]),
        (sqlite(transaction_mode="IMMEDIATE"), ["network.E002"]),
        ({"default": {"ENGINE": "django.db.backends.postgresql"}}, []),
    ],
)
def test_sqlite(monkeypatch, databases, found):
    monkeypatch.setattr(checks, "settings", SimpleNamespace(DATABASES=databases))
    assert ask(checks.sqlite_waits_its_turn) == found


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"retry": 300}, ["network.E003"]),
        ({"timeout": None}, ["network.E003"]),
        ({"max_attempts": 0}, ["network.E004"]),
        ({"ack_failures": False}, ["network.E004"]),
    ],
)
def test_tasks(settings, change, found):
    settings.Q_CLUSTER = project.Q_CLUSTER | change
    assert ask(checks.tasks_run_once) == found


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("q3-Zk" * 12, ["network.E005"]),
        ("django-insecure-0123456789abcdefghijklmnopqrstuvwxyz0123456789", ["network.E005"]),
        ("short", ["network.E005"]),
        ("k4mZt0Qw9xYb7Lr2Vn8Hc5Jd1Fs6Gp3Ta_Uo-Ei4Wy7Xq0Bz9Mv", []),
    ],
)
def test_secret_key(settings, key, found):
    settings.SECRET_KEY = key
    assert ask(checks.secrets_are_secret) == found


@pytest.mark.parametrize(
    ("hosts", "base", "found"),
    [
        (["network.example.org"], "https://network.example.org", []),
        ([".example.org"], "https://network.example.org", []),
        (["*"], "https://network.example.org", ["network.E006", "network.E007"]),
        (["network.example.org"], "http://network.example.org", ["network.E007"]),
        (["network.example.org"], "https://evilnetwork.example.org", ["network.E007"]),
    ],
)
def test_hosts(settings, hosts, base, found):
    settings.ALLOWED_HOSTS, settings.NETWORK_BASE_URL = hosts, base
    assert ask(checks.hosts_are_named) == found


@pytest.mark.parametrize(
    ("header", "count", "found"),
    [
        (None, 0, []),
        (("HTTP_X_FORWARDED_PROTO", "https"), 1, []),
        (("HTTP_X_FORWARDED_PROTO", "https"), 0, ["network.E008"]),
        (None, 2, ["network.E008"]),
    ],
)
def test_proxies(settings, header, count, found):
    settings.SECURE_PROXY_SSL_HEADER, settings.ALLAUTH_TRUSTED_PROXY_COUNT = header, count
    assert ask(checks.proxies_are_counted) == found


@pytest.mark.parametrize(
    ("backend", "sender", "found"),
    [
        ("django.core.mail.backends.smtp.EmailBackend", "Network <network@example.org>", []),
        ("django.core.mail.backends.console.EmailBackend", "network@example.org", ["network.E009"]),
        ("django.core.mail.backends.smtp.EmailBackend", "Network <network@localhost>", ["network.E010"]),
    ],
)
def test_mail(settings, backend, sender, found):
    settings.EMAIL_BACKEND, settings.CONSENT_MAIL_BACKEND = "network.consent.mail.GatedBackend", backend
    settings.DEFAULT_FROM_EMAIL = sender
    assert ask(checks.mail_goes_out) == found


def test_processes(monkeypatch):
    here = SimpleNamespace(
        CHANNEL_LAYERS={"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}},
        DATABASES={"default": {"ENGINE": "django.db.backends.postgresql"}},
    )
    monkeypatch.setattr(checks, "settings", here)
    assert ask(checks.processes_hear_each_other) == ["network.W001"]
    here.DATABASES = sqlite()
    assert ask(checks.processes_hear_each_other) == []
