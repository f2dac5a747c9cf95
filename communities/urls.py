"""Addresses below ``/communities/``."""

from django.urls import path

from communities import converters  # noqa: F401 - registers <words:> and <number:>
from communities.views import browse, inviting, joining, looking_after, mandates, resources

app_name = "communities"

urlpatterns = [
    path("", browse.communities, name="list"),
    path("open/", looking_after.open_community, name="open"),
    path("invitations/<str:token>/", joining.invitation, name="invitation"),
    path("mandates/", mandates.waiting, name="mandates_waiting"),
    path("mandates/<number:pk>/", mandates.answer, name="answer_mandate"),
    path("<words:slug>/", browse.community, name="community"),
    path("<words:slug>/members/", browse.members, name="members"),
    path("<words:slug>/members/countries/", browse.countries, name="countries"),
    path("<words:slug>/members/speakers/", browse.speakers, name="speakers"),
    path("<words:slug>/members/<number:pk>/", looking_after.member, name="member"),
    path("<words:slug>/members/<number:pk>/<words:act>/", looking_after.act_on_member, name="act_on_member"),
    path("<words:slug>/join/", joining.join, name="join"),
    path("<words:slug>/leave/", joining.leave, name="leave"),
    path("<words:slug>/membership/", joining.membership, name="membership"),
    path("<words:slug>/request/withdraw/", joining.withdraw_request, name="withdraw_request"),
    path("<words:slug>/requests/<number:pk>/", joining.answer, name="answer"),
    path("<words:slug>/nominate/", joining.nominate, name="nominate"),
    path("<words:slug>/coming-in/", joining.entrance, name="entrance"),
    path("<words:slug>/mandates/", mandates.mine, name="mandates"),
    path("<words:slug>/mandates/<number:pk>/end/", mandates.end, name="end_mandate"),
    path("<words:slug>/resources/", resources.resources, name="resources"),
    path("<words:slug>/resources/<number:pk>/", resources.document, name="document"),
    path("<words:slug>/resources/<number:pk>/remove/", resources.remove, name="remove_resource"),
    path("<words:slug>/invitations/", inviting.invitations, name="invitations"),
    path("<words:slug>/invitations/many/", inviting.many, name="invite_many"),
    path("<words:slug>/invitations/<number:pk>/remind/", inviting.remind, name="remind"),
    path(
        "<words:slug>/invitations/<number:pk>/withdraw/",
        inviting.withdraw,
        name="withdraw_invitation",
    ),
    path("<words:slug>/settings/", looking_after.settings, name="settings"),
    path("<words:slug>/settings/closing/", looking_after.close_or_reopen, name="close_or_reopen"),
]
