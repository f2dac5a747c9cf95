"""Addresses below ``/communities/`` that are about one reader: what she follows and has not read."""

from django.urls import path

from communities.forums.views import reading

app_name = "reading"

urlpatterns = [
    path("catch-up/", reading.catch_up, name="catch_up"),
    path("catch-up/read/", reading.mark_read, name="mark_read"),
    path("keys/", reading.keys, name="keys"),
    path("watching/", reading.watching, name="watching"),
]
