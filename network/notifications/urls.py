from django.urls import path

from network.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("<int:pk>/", views.follow, name="follow"),
    path("read/", views.read, name="read"),
    path("preferences/", views.preferences, name="preferences"),
    path("undelivered/", views.undelivered, name="undelivered"),
    path("unsubscribe/<str:signed>/", views.unsubscribe, name="unsubscribe"),
]
