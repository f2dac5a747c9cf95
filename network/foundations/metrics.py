"""Numbers for Prometheus: requests as they come, and what rooms count when they are asked."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from network.foundations.registry import Registry


@dataclass(frozen=True)
class Gauge:
    """A number that a room works out when it is asked."""

    description: str
    read: Callable[[], float]


#: Name of a number (``network_outbox_owed``) to what it is.
gauges: Registry[Gauge] = Registry("gauges")

collected = CollectorRegistry()
_REQUESTS = Counter(
    "network_requests", "Requests answered.", ["method", "view", "status"], registry=collected
)
_SECONDS = Histogram(
    "network_request_seconds",
    "Time to answer a request.",
    ["view"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=collected,
)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class _Gauges:
    """Asks the rooms at the moment of reading; one that fails is left out and spoils no other."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for name, gauge in gauges.items():
            try:
                value = gauge.read()
            except Exception:  # noqa: S112 - /readyz tells what does not work
                continue
            yield GaugeMetricFamily(name, gauge.description, value)


collected.register(_Gauges())
ProcessCollector(registry=collected)
PlatformCollector(registry=collected)


def written() -> bytes:
    return generate_latest(collected)


class RequestMetricsMiddleware:
    """Counts requests by the name of their view: names are few, addresses would be without end."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        view = (match.view_name or match._func_path) if match else "none"
        method = request.method if request.method in _METHODS else "other"
        _REQUESTS.labels(method, view, str(response.status_code)).inc()
        _SECONDS.labels(view).observe(time.perf_counter() - started)
        return response
