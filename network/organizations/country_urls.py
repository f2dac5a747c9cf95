"""Addresses of countries."""

from django.urls import path

from network.foundations import paths
from network.organizations.views import alternates, countries

paths.register()

app_name = "countries"
urlpatterns = [
    path("", countries.listing, name="list"),
    path("alternates/", alternates.mine, name="alternates"),
    path("alternates/<int:number>/accept/", alternates.accept, name="accept-alternate"),
    path("alternates/<int:number>/end/", alternates.end, name="end-alternate"),
    path("<slug:code>/", countries.detail, name="detail"),
    path("<slug:code>/focal-points/", countries.focal_points, name="focal-points"),
    path("<slug:code>/focal-points/<int:number>/end/", countries.end, name="end-focal-point"),
    path("<slug:code>/focal-points/<int:number>/alternate/", alternates.name, name="name-alternate"),
]
