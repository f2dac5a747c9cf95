"""The roof: every address of the network."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.views import serve

from communities.forums import own_urls
from home.pages.views.pictures import picture
from network.accounts.cms.account import AccountView
from network.consent.views.media import media
from network.foundations import api as interface
from network.foundations import views as doorways
from network.foundations.design import components

handler400 = "network.foundations.errors.bad_request"
handler403 = "network.foundations.errors.permission_denied"
handler404 = "network.foundations.errors.page_not_found"
handler500 = "network.foundations.errors.server_error"


def closed(request: HttpRequest) -> HttpResponse:
    """A door of a library that is walled up."""
    raise Http404


to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

api = interface.build()

urlpatterns = [
    path("healthz", doorways.alive, name="alive"),
    path("readyz", doorways.ready, name="ready"),
    path("metrics", doorways.numbers, name="metrics"),
    path("api/v1/", doorways.api_page(api), name="api"),
    path("api/v1/", api.urls),
    re_path(r"^api/", interface.nothing_here),
    # Wagtail's own login forms are doors past the second factor: closed, as are its password pages.
    path("cms/login/", to_sign_in),
    re_path(r"^cms/password_reset/", closed),
    # Named for scripts, which tell the language themselves.
    path("live/", include("network.live.urls")),
    path("cms/account/", AccountView.as_view()),
    # Roles and accounts change through network.accounts.actions, never past them.
    re_path(r"^cms/(?:groups|bulk/accounts/user)/", closed),
    path("cms/", include(wagtailadmin_urls)),
    re_path(r"^documents/authenticate_with_password/", closed),
    path("documents/", include(wagtaildocs_urls)),
    path("media/images/<str:name>", picture, name="picture"),
    path("k/<str:handle>/", media, name="knowledge_media"),
]

urlpatterns += i18n_patterns(
    path("accounts/", include("network.accounts.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("inbox/", include("network.notifications.urls")),
    path("accounts/", include("network.accounts.identities.urls")),
    path("accounts/identities/", include("allauth.socialaccount.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
    path("awards/", include("network.awards.urls")),
    path("_util/login/", to_sign_in),
    re_path(r"^_util/authenticate_with_password/", closed),
    *([path("design/", components)] if settings.DEBUG else []),
    path("communities/", include(own_urls.following)),
    path("communities/", include("communities.urls")),
    path("communities/<words:community>/forums/", include("communities.forums.urls")),
    path("", include(own_urls.keeping)),
    path("", include("communities.moderation.urls")),
    path("experts/", include("network.experts.urls")),
    path("endorsements/", include("network.experts.endorsement_urls")),
    path("rosters/", include("network.experts.roster_urls")),
    path("organizations/", include("network.organizations.urls")),
    path("countries/", include("network.organizations.country_urls")),
    path("knowledge/", include("network.consent.urls")),
    path("search/", include("network.search.urls")),
    path("events/", serve, {"path": "events/"}, name="events"),
    path("news/", serve, {"path": "news/"}, name="news"),
    path("events/", include("home.events.urls")),
    path("blogs/", include("home.pages.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
