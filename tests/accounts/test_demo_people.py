"""The demo's sign-ins: there, whole, and only where they do no harm."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ImproperlyConfigured

from network.accounts import demo, second_factor
from network.accounts.models import RoleGrant, User
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def sign_ins(settings):
    settings.DEMO_SIGN_INS = True
    demo.seed()
    return demo.SIGN_INS


def test_all_ten_can_sign_in_with_the_password_of_the_demo(sign_ins):
    assert len(sign_ins) == 10
    for sign_in in sign_ins:
        person = User.objects.get(email=sign_in.email)
        assert person.check_password("demo")
        assert EmailAddress.objects.get(user=person).verified


def test_where_a_role_demands_a_second_factor_the_demo_has_and_prints_one(sign_ins):
    for sign_in in sign_ins:
        person = User.objects.get(email=sign_in.email)
        if second_factor.demanded_by([sign_in.role]):
            assert second_factor.has_one(person)
            assert any(sign_in.totp_secret in line for line in demo.printed())
        if sign_in.role:
            assert people.viewer(person).has(f"role:{sign_in.role}")


def test_a_second_run_changes_nothing(sign_ins):
    before = list(User.objects.order_by("pk").values_list("email", "password"))
    demo.seed()
    assert list(User.objects.order_by("pk").values_list("email", "password")) == before
    assert RoleGrant.objects.count() == sum(1 for sign_in in sign_ins if sign_in.role)


def test_refused_where_neither_debug_nor_the_setting_is_on(settings):
    settings.DEBUG = settings.DEMO_SIGN_INS = False
    with pytest.raises(ImproperlyConfigured, match="DEMO_SIGN_INS"):
        demo.seed()
    assert not User.objects.filter(email__endswith="@demo.example").exists()
