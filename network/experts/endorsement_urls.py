"""Addresses of endorsements."""

from django.urls import path

from network.experts.views import endorsements
from network.foundations import paths

paths.register()

app_name = "endorsements"
urlpatterns = [
    path("", endorsements.mine, name="mine"),
    path("of/<anyscript:slug>/", endorsements.endorse, name="endorse"),
    path("<int:number>/accept/", endorsements.accept, name="accept"),
    path("<int:number>/decline/", endorsements.decline, name="decline"),
    path("<int:number>/withdraw/", endorsements.withdraw, name="withdraw"),
]
