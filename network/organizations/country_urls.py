"""Addresses of countries."""

from django.urls import path

from network.foundations import paths
from network.organizations.views import countries

paths.register()

app_name = "countries"
urlpatterns = [
    path("", countries.listing, name="list"),
    path("<slug:code>/", countries.detail, name="detail"),
    path("<slug:code>/focal-points/", countries.focal_points, name="focal-points"),
    path("<slug:code>/focal-points/<int:number>/end/", countries.end, name="end-focal-point"),
]
