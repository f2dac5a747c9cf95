"""Alive, ready, and how it is."""

import pytest
from django.test import Client

from network.foundations import health
from network.foundations.registry import Registry

pytestmark = pytest.mark.django_db
AFAR = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def probes(monkeypatch):
    registry = Registry("probes of this test")
    monkeypatch.setattr(health, "probes", registry)
    return registry


def test_alive_asks_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"alive": True})
    assert "Set-Cookie" not in answer.headers
    assert "no-store" in answer["Cache-Control"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_ready_tells_each_part_to_this_machine(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    told = answer.json()
    assert told["ready"] is True
    assert {"database default", "channel layer", "outbox"} <= set(told["parts"])


def test_from_afar_only_names_are_told(client, probes):
    def fail():
        raise health.Unready("the disk /srv/secret is full")

    probes.register("archive", fail)
    answer = client.get("/readyz", **AFAR)
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "failing": ["archive"]}
    assert "disk" in client.get("/readyz").json()["parts"]["archive"]


def test_a_part_that_breaks_is_not_ready_and_breaks_nothing_else(client, probes):
    probes.register("archive", lambda: 1 / 0)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["archive"] == "ZeroDivisionError"
    assert answer.json()["parts"]["database default"] == "answers"


def test_a_silent_channel_layer_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(health, "get_channel_layer", lambda: None)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["failing"] == ["channel layer"]


def test_numbers_for_prometheus():
    client = Client()
    client.get("/healthz")
    text = client.get("/metrics").content.decode()
    assert 'network_requests_total{method="GET",status="200",view="alive"}' in text
    assert "network_request_seconds_bucket" in text
    for name in (
        "network_outbox_lag_seconds",
        "network_outbox_owed",
        "network_outbox_given_up",
        "network_tasks_queued",
    ):
        assert f"\n{name} " in text


@pytest.mark.parametrize(
    "headers",
    [AFAR, {"HTTP_X_FORWARDED_FOR": "203.0.113.9"}, {"HTTP_FORWARDED": "for=127.0.0.1"}, {"REMOTE_ADDR": ""}],
)
def test_strangers_find_no_numbers(client, headers):
    assert client.get("/metrics", **headers).status_code == 404


def test_the_token_opens_from_afar(client, settings):
    settings.METRICS_TOKEN = "long and secret"
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer long and secret", **AFAR).status_code == 200
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer wrong é", **AFAR).status_code == 404
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer ", **AFAR).status_code == 404


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_they_only_answer(client, path):
    assert client.post(path).status_code == 405


def test_the_count_of_views_stays_small(client):
    for number in range(3):
        client.get(f"/api/nothing/{number}")
    text = client.get("/metrics").content.decode()
    assert "nothing/1" not in text
