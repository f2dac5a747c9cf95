"""``/accounts/orcid/`` and ``/accounts/oidc/<organization>/``, by the names that django-allauth knows."""

from django.urls import path

from network.accounts.identities import views

urlpatterns = [
    path("orcid/login/", views.orcid_login, name="orcid_login"),
    path("orcid/login/callback/", views.orcid_callback, name="orcid_callback"),
    path("oidc/<slug:provider_id>/login/", views.openid_login, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", views.openid_callback, name="openid_connect_callback"),
]
