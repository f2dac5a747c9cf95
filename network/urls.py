"""The roof: every address of the network."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from network.foundations.design import components

handler400 = "network.foundations.errors.bad_request"
handler403 = "network.foundations.errors.permission_denied"
handler404 = "network.foundations.errors.page_not_found"
handler500 = "network.foundations.errors.server_error"

to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    # /cms/ — its own login form is a second door past the second factor: closed.
    path("cms/login/", to_sign_in),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
]

urlpatterns += i18n_patterns(
    path("accounts/", include("allauth.urls")),
    path("_util/login/", to_sign_in),
    *([path("design/", components)] if settings.DEBUG else []),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
