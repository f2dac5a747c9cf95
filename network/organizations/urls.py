"""Addresses of organizations."""

from django.urls import path

from network.foundations import paths
from network.organizations.views import keeping, networks, organizations, people

paths.register()

app_name = "organizations"
urlpatterns = [
    path("", organizations.listing, name="list"),
    path("add/", organizations.add, name="add"),
    path("import/", keeping.bring_in, name="import"),
    path("mine/", people.mine, name="mine"),
    path("mine/<int:number>/<slug:verb>/", people.answer, name="answer"),
    path("people/<int:number>/<slug:verb>/", people.act, name="act"),
    path("belongings/<int:number>/<slug:verb>/", networks.act, name="belonging"),
    path("<anyscript:slug>/", organizations.detail, name="detail"),
    path("<anyscript:slug>/edit/", organizations.edit, name="edit"),
    path("<anyscript:slug>/people/", people.people, name="people"),
    path("<anyscript:slug>/networks/", networks.networks, name="networks"),
    path("<anyscript:slug>/merge/", keeping.merge, name="merge"),
    path("<anyscript:slug>/merge/<int:number>/undo/", keeping.undo, name="undo-merge"),
]
