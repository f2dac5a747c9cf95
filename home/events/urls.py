"""Addresses of calendars and of registration, below those of the pages."""

from django.urls import path

from communities import converters  # noqa: F401 - registers <number:>
from home.events.views import calendars, desk, places
from network.foundations import paths

paths.register()

app_name = "events"
urlpatterns = [
    path("calendar.ics", calendars.calendar, name="calendar"),
    path("my-places/", places.mine, name="mine"),
    path("<anyscript:slug>/event.ics", calendars.event_calendar, name="event"),
    path("<anyscript:slug>/place/", places.place, name="place"),
    path("<anyscript:slug>/place/change/", places.change, name="change_place"),
    path("<anyscript:slug>/place/take/", places.take, name="take_place"),
    path("<anyscript:slug>/place/give-back/", places.give_back, name="give_back"),
    path("<anyscript:slug>/participants/", places.participants, name="participants"),
    path("<anyscript:slug>/desk/", desk.desk, name="desk"),
    path("<anyscript:slug>/desk/settings/", desk.settings, name="desk_settings"),
    path("<anyscript:slug>/desk/close/", desk.close, name="close_desk"),
    path("<anyscript:slug>/desk/sheet/", desk.sheet, name="desk_sheet"),
    path("<anyscript:slug>/desk/list.csv", desk.table, name="desk_table"),
    path("<anyscript:slug>/desk/<number:pk>/<slug:act>/", desk.act, name="act_at_desk"),
]
