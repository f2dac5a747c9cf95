"""Addresses of moderation; those of a community and of a post stand below theirs."""

from django.urls import path

from communities import converters  # noqa: F401 - registers <words:> and <number:>
from communities.moderation import views

app_name = "moderation"

urlpatterns = [
    path("moderation/", views.everything, name="everything"),
    path("moderation/held/<number:pk>/", views.decide_held, name="decide_held"),
    path("moderation/reports/<number:pk>/", views.decide_report, name="decide_report"),
    path("communities/<words:slug>/moderation/", views.queue, name="queue"),
    path("communities/<words:slug>/moderation/log/", views.log, name="log"),
    path(
        "communities/<words:community>/forums/<words:forum>/<number:pk>-<words:slug>/posts/<number:number>/report/",
        views.report,
        name="report",
    ),
]
