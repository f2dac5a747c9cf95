"""The roof's addresses, with the interface for machines mounted if the roof has not done so."""

from django.urls import path
from ninja import NinjaAPI

from network.foundations.api import routers
from network.urls import urlpatterns as roof

urlpatterns = [*roof]

if not any(str(pattern.pattern).startswith("api/v1/") for pattern in roof):
    api = NinjaAPI(title="Test", version="1")
    for name, router in routers.items():
        api.add_router(f"/{name}/", router)
    urlpatterns = [path("api/v1/", api.urls), *roof]
