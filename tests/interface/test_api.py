"""The interface for programs."""

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client, override_settings
from django.urls import path
from ninja import Router

from network.foundations import api
from network.foundations.exceptions import Refused

pytestmark = pytest.mark.django_db
router = Router()
FAILURES = {
    "missing": Http404("inner words"),
    "forbidden": PermissionDenied("This is for moderators."),
    "refused": Refused("It is locked.", field="body"),
    "broken": KeyError("inner words"),
}


@router.get("/fail/{how}/")
def fail(request, how: str, number: int = 0):
    raise FAILURES[how]


@router.post("/write/")
def write(request):
    return {"written": True}


api.routers.register("trial", router)
trial = api.build()
trial.urls_namespace = "trial"
del api.routers._entries["trial"]
urlpatterns = [path("trial/", trial.urls)]


@pytest.fixture
def trial_client(client):
    with override_settings(ROOT_URLCONF=__name__):
        client.raise_request_exception = False
        yield client


@pytest.mark.parametrize(
    ("how", "status", "message"),
    [
        ("missing", 404, "There is nothing at this address."),
        ("forbidden", 403, "This is for moderators."),
        ("refused", 422, "It is locked."),
        ("broken", 500, "Something went wrong on our side."),
    ],
)
def test_errors_have_one_shape_and_tell_nothing_of_our_inner_life(trial_client, how, status, message):
    answer = trial_client.get(f"/trial/trial/fail/{how}/")
    assert answer.status_code == status
    assert answer.json()["error"]["message"] == message
    assert "inner words" not in answer.content.decode()


def test_a_wrong_value_is_named(trial_client):
    answer = trial_client.get("/trial/trial/fail/missing/?number=many")
    assert answer.status_code == 422
    assert list(answer.json()["error"]["fields"]) == ["number"]


def test_who_writes_is_signed_in_and_comes_from_our_pages(django_user_model):
    person = django_user_model.objects.create_user(email="a@example.org", password="x")
    with override_settings(ROOT_URLCONF=__name__):
        assert Client().post("/trial/trial/write/").status_code == 401
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(person)
        assert strict.post("/trial/trial/write/").status_code == 401
        ours = Client()
        ours.force_login(person)
        assert ours.post("/trial/trial/write/").json() == {"written": True}


def test_too_many_calls_are_asked_to_wait(client, monkeypatch):
    monkeypatch.setattr(api, "_CALLS_A_MINUTE", 2)
    cache.clear()
    answers = [client.get("/api/v1/terms/") for _call in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 61
    assert answers[2].json()["error"]["code"] == "too_often"


def test_the_description_for_programs(client):
    schema = client.get("/api/v1/openapi.json").json()
    assert schema["openapi"].startswith("3.")
    assert "/api/v1/terms/{domain}/" in schema["paths"]


def test_it_tells_programs_of_keys_and_that_reading_needs_none(client):
    schema = client.get("/api/v1/openapi.json").json()
    key = schema["components"]["securitySchemes"]["Key"]
    assert (key["type"], key["scheme"]) == ("http", "bearer")
    assert "Keys for programs" in key["description"]
    calls = [call for methods in schema["paths"].values() for call in methods.values()]
    assert all({"Key": []} in call["security"] and {} in call["security"] for call in calls)
    writing = trial.get_openapi_schema(path_prefix="/")["paths"]["/trial/write/"]["post"]
    assert writing["security"] == [{"Session": []}]


def test_the_description_for_people_asks_no_third_party(client):
    page = client.get("/api/v1/")
    assert page.status_code == 200
    html = page.content.decode()
    assert "/api/v1/terms/{domain}/" in html
    assert "https://cdn" not in html
    assert "unpkg" not in html


def test_an_unknown_address_answers_as_programs_expect(client):
    answer = client.get("/api/v1/nothing/")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"


def test_terms(client, django_assert_num_queries):
    domains = {domain["code"]: domain for domain in client.get("/api/v1/terms/").json()}
    assert domains["kmgbf-target"]["current_terms"] == 23
    with django_assert_num_queries(2):
        countries = client.get("/api/v1/terms/country/").json()
    kenya = next(country for country in countries if country["code"] == "KE")
    assert kenya["parent"] == "un-region:africa"
    assert kenya["names"]["ru"] == "Кения"
    assert kenya["facts"] == {"cbd_party": True, "un_member": True}
    assert client.get("/api/v1/terms/country/KE/").json() == kenya
    assert client.get("/api/v1/terms/nowhere/").status_code == 404
    assert client.get("/api/v1/terms/country/XX/").status_code == 404
