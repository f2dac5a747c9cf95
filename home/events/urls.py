"""Addresses of calendars and of registration, below those of the pages."""

from django.urls import include, path

from communities import converters  # noqa: F401 - registers <number:>
from home.events.views import (
    agendas,
    beginning,
    calendars,
    certificates,
    desk,
    places,
    rooms,
    speaking,
    stalls,
)
from network.foundations import paths

paths.register()

_stall = [
    path("", stalls.stall, name="stall"),
    path("ask/", stalls.ask, name="ask_stall"),
    path("story/", stalls.story, name="stall_story"),
    path("renew/", stalls.renew, name="renew_stall"),
    path("hours/", stalls.hours, name="stall_hours"),
    path("hours/<number:hour>/drop/", stalls.drop_hour, name="drop_hour"),
    path("hours/<number:hour>/book/", stalls.book, name="book_talk"),
    path("hours/<number:hour>/free/", stalls.free, name="free_talk"),
    path("questions/<number:question>/", stalls.answer, name="answer_visitor"),
    path("questions/<number:question>/hide/", stalls.hide, name="hide_question"),
]

_session = [
    path("", rooms.session, name="session"),
    path("ask/", rooms.ask, name="ask_session"),
    path("settings/", rooms.settings, name="session_settings"),
    path("go/", agendas.go, name="go"),
    path("end/", rooms.end, name="end_session"),
    path("move/", rooms.move, name="move_session"),
    path("questions/<number:question>/", rooms.answer, name="answer_audience"),
    path("questions/<number:question>/<slug:act>/", rooms.act, name="act_on_question"),
    path("claim/", speaking.claim, name="claim_session"),
    path("claim/<number:claimed>/<slug:act>/", speaking.answer_claim, name="answer_claim"),
    path("review/", speaking.review, name="review_session"),
]

app_name = "events"
urlpatterns = [
    path("calendar.ics", calendars.calendar, name="calendar"),
    path("feed.atom", calendars.feed, {"kind": "atom"}, name="atom"),
    path("feed.json", calendars.feed, {"kind": "json"}, name="json"),
    path("begin/", beginning.begin, name="begin"),
    path("my-places/", places.mine, name="mine"),
    path("certificates/<str:code>/", certificates.certificate, name="certificate"),
    path("certificates/<str:code>/certificate.pdf", certificates.certificate_file, name="certificate_file"),
    path("<anyscript:slug>/event.ics", calendars.event_calendar, name="event"),
    path("<anyscript:slug>/agenda/", agendas.agenda, name="agenda"),
    path("<anyscript:slug>/agenda/mine/", agendas.mine, name="my_agenda"),
    path("<anyscript:slug>/agenda/all.ics", agendas.agenda_calendar, name="agenda_calendar"),
    path("<anyscript:slug>/agenda/mine.ics", agendas.my_calendar, name="my_calendar"),
    path("<anyscript:slug>/stalls/<number:pk>/", include(_stall)),
    path("<anyscript:slug>/sessions/<uuid:key>/", include(_session)),
    path("<anyscript:slug>/place/", places.place, name="place"),
    path("<anyscript:slug>/place/change/", places.change, name="change_place"),
    path("<anyscript:slug>/place/take/", places.take, name="take_place"),
    path("<anyscript:slug>/place/certificate/", certificates.take, name="take_certificate"),
    path("<anyscript:slug>/place/give-back/", places.give_back, name="give_back"),
    path("<anyscript:slug>/participants/", places.participants, name="participants"),
    path("<anyscript:slug>/desk/", desk.desk, name="desk"),
    path("<anyscript:slug>/desk/settings/", desk.settings, name="desk_settings"),
    path("<anyscript:slug>/desk/close/", desk.close, name="close_desk"),
    path("<anyscript:slug>/desk/sheet/", desk.sheet, name="desk_sheet"),
    path("<anyscript:slug>/desk/list.csv", desk.table, name="desk_table"),
    path("<anyscript:slug>/desk/<number:pk>/<slug:act>/", desk.act, name="act_at_desk"),
]
