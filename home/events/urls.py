"""Addresses of calendars, below those of the pages."""

from django.urls import path

from home.events import views
from network.foundations import paths

paths.register()

app_name = "events"
urlpatterns = [
    path("calendar.ics", views.calendar, name="calendar"),
    path("<anyscript:slug>/event.ics", views.event_calendar, name="event"),
]
