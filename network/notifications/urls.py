from django.urls import path

from network.notifications import views
from network.notifications.inbound import views as inbound

app_name = "notifications"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("<int:pk>/", views.follow, name="follow"),
    path("read/", views.read, name="read"),
    path("preferences/", views.preferences, name="preferences"),
    path("places/<str:place>/", views.place, name="place"),
    path("undelivered/", views.undelivered, name="undelivered"),
    path("unsubscribe/<str:signed>/", views.unsubscribe, name="unsubscribe"),
    path("mail/", inbound.mail, name="mail"),
    path("mail/<str:signed>/", inbound.confirm, name="confirm"),
    path("incoming/", inbound.incoming, name="incoming"),
    path("incoming/<int:pk>/retry/", inbound.retry, name="retry_incoming"),
    path("incoming/suspended/", inbound.suspended, name="suspended"),
]
