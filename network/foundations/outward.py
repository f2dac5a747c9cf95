"""Fetching what stands at an address that somebody typed, without being turned against our own house.

Each host, that of every redirect too, is resolved here, all its addresses are judged, and the connection goes
to the very address that was judged: a name that answers differently a moment later gains nothing. Nothing
private, local, or that leads there by way of IPv6 is opened; ports are those of the web; nothing is unpacked.
"""

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import urllib3
from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = {"http": 80, "https": 443}
#: Ways in IPv6 to an IPv4 address: what is judged there need not be what is reached.
_WAYS_AROUND = [
    ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
]
MOST_REDIRECTS = 4
#: What may stand in a path as it was typed; all else is written as percent signs.
_AS_IT_STANDS = "/%:@!$&'()*+,;=-._~?"


class NotFetched(Exception):
    """Nothing to look at; ``code`` says why, for whoever shows it to put into words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Fetched:
    url: str
    status: int
    headers: dict[str, str]
    body: bytes
    #: Whether the page was longer than what is read of one.
    cut: bool
    milliseconds: int
    redirects: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def resolve(host: str, port: int) -> list[str]:
    """Every address of a host, as this machine finds them."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def straight(address: str, port: int) -> tuple[str, int]:
    return address, port


@dataclass(frozen=True)
class Line:
    """How long and how much. With another ``resolve`` tests say who lives where, and with another ``dial``
    at which door of their own machine that host is played; what is judged is the address before it."""

    resolve: Callable[[str, int], list[str]] = resolve
    dial: Callable[[str, int], tuple[str, int]] = straight
    connect: float = 5.0
    whole: float = 20.0
    most: int = 1024 * 1024
    #: What is trusted to vouch for a host; None for what this machine trusts.
    authorities: str | None = None


def is_public(address: Address) -> bool:
    """Reachable by everybody alike, and not a way around to what is not."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None or address.scope_id or address.is_site_local:
            return False
        if any(address in net for net in _WAYS_AROUND):
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def leads_inward(url: str) -> bool:
    """An address that nobody outside could open: told before anything is asked of anybody."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".").lower()
        return not is_public(ipaddress.ip_address(host))
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))


def fetch(url: str, line: Line | None = None) -> Fetched:
    """What stands at ``url``, after its redirects; raises ``NotFetched``."""
    line = line or Line()
    begun = time.monotonic()
    passed: list[str] = []
    while True:
        split = _admitted(url)
        answer, body, cut = _ask(split, line, begun)
        headers = {name.lower(): value for name, value in answer.headers.items()}
        if answer.status in (301, 302, 303, 307, 308) and headers.get("location"):
            passed.append(url)
            if len(passed) > MOST_REDIRECTS:
                raise NotFetched("redirects")
            url = urljoin(url, headers["location"])
            continue
        took = round((time.monotonic() - begun) * 1000)
        return Fetched(url, answer.status, headers, body, cut, took, passed)


def _admitted(url: str) -> SplitResult:
    """An address of the web on its usual port, with nobody's password in it."""
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError:
        raise NotFetched("address") from None
    if split.scheme not in PORTS or not split.hostname or split.username or split.password:
        raise NotFetched("address")
    if port not in (None, PORTS[split.scheme]):
        raise NotFetched("port")
    if any(ord(sign) <= 32 or ord(sign) == 127 for sign in url):
        raise NotFetched("address")
    return split


def _public_address(host: str, port: int, line: Line) -> str:
    """The first address of a host, where every one of them is public."""
    try:
        found = [ipaddress.ip_address(address) for address in line.resolve(host, port)]
    except (OSError, ValueError, UnicodeError):
        raise NotFetched("unknown-host") from None
    if not found:
        raise NotFetched("unknown-host")
    if not all(is_public(address) for address in found):
        raise NotFetched("private")
    # Old lines first: not every house reaches what speaks IPv6 alone.
    return str(min(found, key=lambda address: address.version))


class _Watch:
    """Ends a connection when its time is over, whatever it waits for then: a handshake, a header."""

    def __init__(self, seconds: float) -> None:
        self._handles: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True
        self.is_over = False

    def __enter__(self) -> "_Watch":
        self._timer.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._timer.cancel()
        for handle in self._handles:
            handle.close()

    def over(self, sock: socket.socket) -> socket.socket:
        self._handles.append(sock.dup())
        return sock

    def _end(self) -> None:
        self.is_over = True
        for handle in self._handles:
            with suppress(OSError):
                handle.shutdown(socket.SHUT_RDWR)


class _Plain(HTTPConnection):
    watch: _Watch

    def _new_conn(self) -> socket.socket:
        return self.watch.over(super()._new_conn())


class _Secure(HTTPSConnection):
    watch: _Watch

    def _new_conn(self) -> socket.socket:
        return self.watch.over(super()._new_conn())


def _ask(split: SplitResult, line: Line, begun: float) -> tuple[urllib3.BaseHTTPResponse, bytes, bool]:
    host = _ascii(split.hostname or "")
    address = _public_address(host, PORTS[split.scheme], line)
    left = line.whole - (time.monotonic() - begun)
    if left <= 0:
        raise NotFetched("slow")
    at, door = line.dial(address, PORTS[split.scheme])
    connection: _Plain | _Secure
    if split.scheme == "https":
        context = ssl.create_default_context(cafile=line.authorities)
        connection = _Secure(at, door, timeout=line.connect, server_hostname=host, ssl_context=context)
    else:
        connection = _Plain(at, door, timeout=line.connect)
    target = quote(split.path or "/", safe=_AS_IT_STANDS)
    if split.query:
        target += "?" + quote(split.query, safe=_AS_IT_STANDS)
    with _Watch(left) as watch, closing(connection):
        connection.watch = watch
        try:
            connection.request(
                "GET", target, headers=_says(host), preload_content=False, decode_content=False
            )
            answer = connection.getresponse()
            body, cut = _read(answer, line.most)
        except ssl.SSLError:
            raise NotFetched("slow" if watch.is_over else "certificate") from None
        except (urllib3.exceptions.HTTPError, HTTPException, OSError, ValueError) as error:
            slow = watch.is_over or isinstance(error, TimeoutError | urllib3.exceptions.TimeoutError)
            raise NotFetched("slow" if slow else "no-answer") from None
        if watch.is_over:
            raise NotFetched("slow")
    return answer, body, cut


def _read(answer: urllib3.BaseHTTPResponse, most: int) -> tuple[bytes, bool]:
    """As much of the body as is looked at."""
    read = b""
    while chunk := answer.read(64 * 1024, decode_content=False):
        read += chunk
        if len(read) > most:
            return read[:most], True
    return read, False


def _says(host: str) -> dict[str, str]:
    """Who asks, where to read about it, and nothing that would have to be unpacked."""
    return {
        "Host": f"[{host}]" if ":" in host else host,
        "User-Agent": f"{settings.NETWORK_SHORT_NAME} (+{settings.NETWORK_BASE_URL})",
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.8,*/*;q=0.5",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        raise NotFetched("address") from None
