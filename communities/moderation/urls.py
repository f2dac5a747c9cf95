"""Addresses of moderation; those of a community and of a post stand below theirs."""

from django.urls import path

from communities import converters  # noqa: F401 - registers <words:> and <number:>
from communities.moderation.views import canning, claiming, desk, mine, records, reporting, ruling, settling

app_name = "moderation"

urlpatterns = [
    path("moderation/", desk.everything, name="everything"),
    path("moderation/mine/", mine.mine, name="mine"),
    path("moderation/mine/<number:pk>/appeal/", mine.appeal, name="appeal"),
    path("moderation/reasons/", canning.site_reasons, name="site_reasons"),
    path("moderation/reasons/<number:pk>/", canning.site_reason, name="site_reason"),
    path("moderation/many/", settling.decide_many, name="decide_many"),
    path("moderation/undo/<number:pk>/", settling.undo, name="undo"),
    path("moderation/look/", settling.look, name="look"),
    path("moderation/away/", desk.away, name="away"),
    path("moderation/held/<number:pk>/", settling.decide, {"kind": "held"}, name="decide_held"),
    path("moderation/reports/<number:pk>/", settling.decide, {"kind": "report"}, name="decide_report"),
    path("moderation/cases/<words:kind>/<number:pk>/", settling.decide, name="decide"),
    path("communities/<words:slug>/moderation/", desk.queue, name="queue"),
    path("communities/<words:slug>/moderation/log/", records.log, name="log"),
    path("communities/<words:slug>/moderation/rules/", ruling.rules, name="rules"),
    path("communities/<words:slug>/moderation/reasons/", canning.reasons, name="reasons"),
    path("communities/<words:slug>/moderation/reasons/<number:pk>/", canning.reason, name="reason"),
    path("communities/<words:slug>/moderation/workload/", records.workload, name="workload"),
    path("communities/<words:slug>/moderation/members/<number:pk>/", records.record, name="record"),
    path(
        "communities/<words:slug>/moderation/members/<number:pk>/notes/<number:note>/",
        records.remove_note,
        name="remove_note",
    ),
    path(
        "communities/<words:community>/forums/<words:forum>/<number:pk>-<words:slug>/posts/<number:number>/report/",
        reporting.report,
        name="report",
    ),
    path(
        "communities/<words:community>/forums/<words:forum>/<number:pk>-<words:slug>/posts/<number:number>/claim/",
        claiming.claim,
        name="claim",
    ),
]
