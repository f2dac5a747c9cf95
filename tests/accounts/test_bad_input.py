"""Names and texts as the world writes them, and far too much of them."""

import pytest

from network.accounts.models import User
from tests import people

pytestmark = pytest.mark.django_db
MEGABYTE = 1_000_000


def save(client, **more):
    page = client.get("/accounts/details/")
    form = page.context["form"]
    return client.post("/accounts/details/", {**form.initial, **more})


@pytest.mark.parametrize(
    "name",
    ["Suharto", "Sam 🌱 Verde", "محمد بن سلمان الخليل", "李晓梅", "שרה כהן", "Ｎａｍｅ", "O’Nil-Ñáñez", "A"],
)
def test_names_of_every_kind_are_kept_and_shown(client, name):
    people.sign_in(client, people.member())
    assert save(client, name=name).status_code == 302
    assert User.objects.get(pk=people.member().pk).name == name
    page = client.get("/accounts/").content.decode()
    assert name in page
    assert f'dir="auto">{name}' in page, "the name brings its own direction"


@pytest.mark.parametrize("address", ["/accounts/details/", "/accounts/signup/", "/accounts/login/"])
def test_ten_megabytes_of_text_are_refused_and_not_read(client, address):
    people.sign_in(client, people.member())
    if address != "/accounts/details/":
        client.logout()
    answer = client.post(address, {"name": "x" * 10 * MEGABYTE, "email": "a@x.example"})
    assert answer.status_code in {400, 413, 422}
    assert len(answer.content) < MEGABYTE, "it is not sent back either"


def test_one_megabyte_in_a_name_is_told_beside_its_field(client):
    people.sign_in(client, people.member())
    refused = save(client, name="x" * MEGABYTE)
    assert refused.status_code == 422
    assert "name" in refused.context["form"].errors
