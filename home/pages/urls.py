"""Addresses of blogs beside their own pages."""

from django.urls import path

from home.pages.views import blogs
from network.foundations import paths

paths.register()

app_name = "blogs"
urlpatterns = [
    path("", blogs.listing, name="list"),
    path("feed.atom", blogs.feed, {"kind": "atom"}, name="atom"),
    path("feed.json", blogs.feed, {"kind": "json"}, name="json"),
    path("by/<anyscript:slug>/", blogs.author, name="author"),
    path("by/<anyscript:slug>/feed.atom", blogs.author_feed, {"kind": "atom"}, name="author_atom"),
    path("by/<anyscript:slug>/feed.json", blogs.author_feed, {"kind": "json"}, name="author_json"),
    path("in/<anyscript:slug>/feed.atom", blogs.blog_feed, {"kind": "atom"}, name="blog_atom"),
    path("in/<anyscript:slug>/feed.json", blogs.blog_feed, {"kind": "json"}, name="blog_json"),
    path("in/<anyscript:slug>/write/", blogs.write, name="write"),
    path("in/<anyscript:slug>/<anyscript:entry>/edit/", blogs.edit, name="edit"),
    path("in/<anyscript:slug>/<anyscript:entry>/take-back/", blogs.take_back, name="take_back"),
    path("in/<anyscript:slug>/<anyscript:entry>/discuss/", blogs.discuss, name="discuss"),
]
