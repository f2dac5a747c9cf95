from django.urls import path

from network.live import views

app_name = "live"
urlpatterns = [path("", views.poll, name="poll")]
