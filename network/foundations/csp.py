"""The one place that decides which content security policy a response carries."""

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

CMS_PREFIX = "/cms/"


class PathCSPMiddleware(CSPMiddleware):
    """Strict everywhere; the Wagtail admin, which writes styles and scripts inline, has its own policy."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith(CMS_PREFIX):
            response._csp_config = settings.CMS_CONTENT_SECURITY_POLICY
        elif framed := getattr(request, "framed", None):
            # The reader has asked for one video of one service: that one may stand in this answer.
            response._csp_update = {"frame-src": [framed]}
        return super().process_response(request, response)
