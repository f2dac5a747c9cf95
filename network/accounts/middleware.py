"""What accounts add to every request."""

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from network.accounts import second_factor
from network.foundations.viewer import viewer_for

#: Everything behind this is work of a role.
ADMINISTRATION = "/cms/"
#: When the session was last written down as seen, and after how many seconds it is again.
SEEN = "accounts_seen"
SEEN_EVERY = 600


class ViewerMiddleware:
    """Puts ``request.viewer`` there, built at most once and only when somebody asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: viewer_for(request.user))  # type: ignore[attr-defined]
        return self.get_response(request)


class SecondFactorMiddleware:
    """Nobody enters the administration whose role demands a second factor that she has not set up.

    Everywhere else she simply holds no key of the role (``audience.role_keys``).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(ADMINISTRATION) and self._owes(request):
            return HttpResponseRedirect(reverse("accounts:second_factor"))
        return self.get_response(request)

    def _owes(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and second_factor.owed_by(request.user)


class RefusedFormMiddleware:
    """django-allauth shows a refused form with status 200; here a refused form is 422, everywhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        match = request.resolver_match
        if request.method == "POST" and match and match.func.__module__.startswith("allauth."):
            forms = (value for key, value in (response.context_data or {}).items() if key.endswith("form"))
            if response.status_code == 200 and any(form is not None and form.errors for form in forms):
                response.status_code = 422
        return response


class LastSeenMiddleware:
    """Writes down when a session was last used: every ten minutes, not at each request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        if session.accessed and not session.is_empty():
            seen, now = session.get(SEEN), timezone.now()
            if seen is not None and now.timestamp() - seen > SEEN_EVERY:
                session[SEEN] = int(now.timestamp())
                UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=now)
        return response
