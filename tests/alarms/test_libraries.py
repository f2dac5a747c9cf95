"""The addresses of libraries: without parts they answer each of the cast as declared, the CMS is closed."""

import pytest
from django.test import Client

from tests import people
from tests.alarms.libraries import CAST, LIBRARIES
from tests.alarms.places import Address, addresses

pytestmark = pytest.mark.django_db

#: Open to everybody, for they hold nothing: words and pictures that the CMS's pages are made of.
OPEN = {"/cms/jsi18n/", "/cms/sprite/"}


def alone(prefixes: tuple[str, ...]) -> set[str]:
    """Addresses below ``prefixes`` without a part that varies, our own left out."""
    found = [address for address in addresses() if address.route.startswith(prefixes)]
    return {f"/{address.route.rstrip('$')}" for address in found if not _varies(address)}


def _varies(address: Address) -> bool:
    return address.is_ours or any(sign in address.route for sign in "<(^\\")


def test_every_address_is_declared_and_no_other():
    assert alone(("accounts/", "_util/")) == set(LIBRARIES)


@pytest.mark.parametrize("name", CAST)
def test_the_answer_is_the_declared_one(name):
    client = Client(raise_request_exception=False)
    person = getattr(people, name)()
    column = CAST.index(name)
    wrong = {}
    for address, statuses in LIBRARIES.items():
        people.sign_in(client, person)
        answer = client.get(address).status_code
        if answer != int(statuses.split()[column]):
            wrong[address] = answer
    assert wrong == {}


@pytest.mark.parametrize("name", ["stranger", "member", "moderator", "juror", "holder", "barred"])
def test_the_cms_is_closed_to_whoever_has_no_work_there(name):
    client = Client(raise_request_exception=False)
    people.sign_in(client, getattr(people, name)())
    let_in = {
        address: answer.status_code
        for address in sorted(alone(("cms/", "documents/")) - OPEN)
        for answer in (client.get(address), client.post(address, {}))
        if answer.status_code not in (302, 403, 404, 405)
    }
    assert let_in == {}
