"""Addresses of organizations."""

from django.urls import path

from network.foundations import paths
from network.organizations.views import organizations

paths.register()

app_name = "organizations"
urlpatterns = [
    path("", organizations.listing, name="list"),
    path("add/", organizations.add, name="add"),
    path("<anyscript:slug>/", organizations.detail, name="detail"),
    path("<anyscript:slug>/edit/", organizations.edit, name="edit"),
    path("<anyscript:slug>/people/", organizations.people, name="people"),
]
