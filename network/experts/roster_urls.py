"""Addresses of rosters."""

from django.urls import path

from network.experts.views import roster_entries, roster_keeping, rosters
from network.foundations import paths

paths.register()

app_name = "rosters"
urlpatterns = [
    path("", rosters.listing, name="list"),
    path("add/", roster_keeping.add, name="add"),
    path("mine/", roster_entries.mine, name="mine"),
    path("office/", roster_entries.office, name="office"),
    path("still-true/<str:token>/", roster_entries.still_true, name="still-true"),
    path("entries/<int:number>/", roster_entries.entry, name="entry"),
    path("entries/<int:number>/<slug:verb>/", roster_entries.act, name="act"),
    path("entries/<int:number>/write/<slug:what>/", roster_entries.write_down, name="write"),
    path("<anyscript:slug>/", rosters.detail, name="detail"),
    path("<anyscript:slug>/feed.atom", rosters.feed, name="feed"),
    path("<anyscript:slug>/take-out/", rosters.take_out, name="take-out"),
    path("<anyscript:slug>/nominate/", roster_entries.nominate, name="nominate"),
    path("<anyscript:slug>/keep/", roster_keeping.keep, name="keep"),
    path("<anyscript:slug>/edit/", roster_keeping.edit, name="edit"),
    path("<anyscript:slug>/keepers/", roster_keeping.keepers, name="keepers"),
    path("<anyscript:slug>/keepers/<int:number>/end/", roster_keeping.end_keeper, name="end-keeper"),
    path("<anyscript:slug>/close/", roster_keeping.close, name="close"),
]
