"""``/accounts/``: our own pages first, then those of django-allauth."""

from django.urls import path

from network.accounts import inviting, merge_views, views
from network.accounts.programs import views as programs

app_name = "accounts"

urlpatterns = [
    path("", views.home, name="home"),
    path("details/", views.details, name="details"),
    path("second-factor/", views.second_factor_due, name="second_factor"),
    path("data/", views.data, name="data"),
    path("data/looks/", views.looks, name="looks"),
    path("data/copy/", views.request_copy, name="request_copy"),
    path("data/copy/<int:pk>/", views.download_copy, name="download_copy"),
    path("sessions/<int:pk>/end/", views.end_session, name="end_session"),
    path("invitations/", inviting.invite, name="invitations"),
    path("invitations/<int:pk>/withdraw/", inviting.withdraw, name="withdraw_invitation"),
    path("invitation/<str:token>/", inviting.answer, name="invitation"),
    path("merge/", merge_views.index, name="merge"),
    path("merge/<str:token>/", merge_views.confirm, name="merge_confirm"),
    path("merges/<int:pk>/undo/", merge_views.undo, name="undo_merge"),
    path("merged/<str:token>/", merge_views.merged, name="merged"),
    path("leave/", views.leave, name="leave"),
    path("programs/", programs.index, name="programs"),
    path("programs/new/", programs.create, name="new_program"),
    path("programs/<int:pk>/revoke/", programs.revoke, name="revoke_program"),
    path("inactive/", views.inactive, name="inactive"),
]
