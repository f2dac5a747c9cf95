"""The addresses of the search."""

from django.urls import path

from network.search.views import results, saved

app_name = "search"
urlpatterns = [
    path("", results.search, name="search"),
    path("saved/", saved.saved, name="saved"),
    path("saved/new/", saved.save, name="save"),
    path("saved/stop/<str:signed>/", saved.stop, name="stop"),
    path("saved/<int:pk>/", saved.change, name="change"),
    path("saved/<int:pk>/delete/", saved.delete, name="delete"),
]
