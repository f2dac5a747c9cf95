"""``/knowledge/``: the workspace of holders and their stewards."""

from django.urls import path

from network.consent.views import answers, holders, items, leases

app_name = "consent"

urlpatterns = [
    path("", items.index, name="index"),
    path("new/", items.create, name="create"),
    path("lease/", leases.lease, name="lease"),
    path("holders/", holders.index, name="holders"),
    path("holders/new/", holders.create, name="create_holder"),
    path("holders/<int:pk>/", holders.detail, name="holder"),
    path("<uuid:pk>/", items.detail, name="item"),
    path("<uuid:pk>/seal/", items.seal, name="seal"),
    path("<uuid:pk>/answer/<slug:answer>/", answers.answer, name="answer"),
    path("<uuid:pk>/stop/<int:holder_id>/", answers.stop, name="stop"),
    path("<uuid:pk>/erase/", answers.erase, name="erase"),
    path("<uuid:pk>/notes/<int:note_id>/erase/", answers.erase_note, name="erase_note"),
]
