"""Addresses below /awards/."""

from django.urls import path

from network.awards import amendments, desk, views

app_name = "awards"

nomination = "<slug:slug>/nominations/<slug:public_id>/"

urlpatterns = [
    path("", views.list_editions, name="list"),
    path("new/", desk.open_edition, name="new"),
    # /awards/<edition>/
    path("<slug:slug>/", views.show_edition, name="edition"),
    path("<slug:slug>/nominate/", views.nominate, name="nominate"),
    path("<slug:slug>/desk/", desk.show_desk, name="desk"),
    path("<slug:slug>/jury/", desk.show_jury_room, name="jury"),
    path("<slug:slug>/release/", desk.release, name="release"),
    path("<slug:slug>/extend/", amendments.extend, name="extend"),
    path("<slug:slug>/late-entry/", amendments.grant, name="grant"),
    path("<slug:slug>/rules/", amendments.amend, name="amend"),
    path("<slug:slug>/record/", amendments.show_record, name="record"),
    # /awards/<edition>/nominations/<nomination>/
    path(nomination, views.show_nomination, name="nomination"),
    path(f"{nomination}edit/", views.edit_nomination, name="nomination-edit"),
    path(f"{nomination}screen/", desk.screen, name="screen"),
    path(f"{nomination}score/", desk.score, name="score"),
    path(f"{nomination}recuse/", desk.recuse, name="recuse"),
    path(f"{nomination}excuse/", desk.excuse, name="excuse"),
    path(f"{nomination}decide/", desk.decide, name="decide"),
]
