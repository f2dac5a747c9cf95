"""Addresses below ``/communities/<community>/forums/``."""

from django.urls import include, path

from communities import converters  # noqa: F401 - registers <words:> and <number:>
from communities.forums.views import forums, posts, threads

app_name = "forums"

_post = [
    path("", threads.post, name="post"),
    path("edit/", posts.edit, name="edit"),
    path("history/", posts.history, name="history"),
    path("hide/", posts.hide, name="hide"),
]

_thread = [
    path("", threads.thread, name="thread"),
    path("reply/", threads.reply, name="reply"),
    path("watch/", threads.watch, name="watch"),
    path("lock/", posts.lock, name="lock"),
    path("pin/", posts.pin, name="pin"),
    path("files/<number:file>/", posts.file, name="file"),
    path("posts/<number:number>/", include(_post)),
]

urlpatterns = [
    path("", forums.no_index, name="index"),
    path("open/", forums.open_forum, name="open"),
    path("<words:slug>/", forums.forum, name="forum"),
    path("<words:slug>/settings/", forums.settings, name="settings"),
    path("<words:slug>/start/", threads.start, name="start"),
    path("<words:forum>/<number:pk>-<words:slug>/", include(_thread)),
]
