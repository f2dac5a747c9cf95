"""Addresses below ``/communities/``."""

from django.urls import path

from communities import converters  # noqa: F401 - registers <words:> and <number:>
from communities.views import browse, joining, looking_after

app_name = "communities"

urlpatterns = [
    path("", browse.communities, name="list"),
    path("open/", looking_after.open_community, name="open"),
    path("invitations/<str:token>/", joining.invitation, name="invitation"),
    path("<words:slug>/", browse.community, name="community"),
    path("<words:slug>/members/", browse.members, name="members"),
    path("<words:slug>/members/<number:pk>/", looking_after.member, name="member"),
    path("<words:slug>/members/<number:pk>/<words:act>/", looking_after.act_on_member, name="act_on_member"),
    path("<words:slug>/join/", joining.join, name="join"),
    path("<words:slug>/leave/", joining.leave, name="leave"),
    path("<words:slug>/membership/", joining.membership, name="membership"),
    path("<words:slug>/request/withdraw/", joining.withdraw_request, name="withdraw_request"),
    path("<words:slug>/requests/<number:pk>/", joining.answer, name="answer"),
    path("<words:slug>/invitations/", joining.invitations, name="invitations"),
    path(
        "<words:slug>/invitations/<number:pk>/withdraw/",
        joining.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path("<words:slug>/settings/", looking_after.settings, name="settings"),
    path("<words:slug>/settings/closing/", looking_after.close_or_reopen, name="close_or_reopen"),
]
