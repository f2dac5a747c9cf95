"""Addresses that people typed are opened like a stranger would, and never lead into our own house."""

import gzip
import shutil
import ssl
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from network.foundations.outward import NotFetched, fetch, leads_inward
from tests.foundations.elsewhere import PUBLIC, elsewhere


@pytest.fixture
def world():
    with elsewhere() as world:
        yield world


def refusal(world, url: str, **line) -> str:
    with pytest.raises(NotFetched) as refused:
        fetch(url, world.line(**line))
    return refused.value.code


def test_a_page_is_fetched_by_a_caller_who_says_who_she_is(world):
    said = {}

    def answer(handler):
        said.update(handler.headers.items())
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        handler.wfile.write(b"<h1>Here</h1>")

    world.pages["chm.example/start?a=1&b=%C3%A9"] = answer
    page = fetch("http://chm.example/start?a=1&b=é", world.line())
    assert (page.status, page.body, page.kind, page.cut) == (200, b"<h1>Here</h1>", "text/html", False)
    assert "+http" in said["User-Agent"]
    assert said["Accept-Encoding"] == "identity"
    assert "Cookie" not in said


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1",  # noqa: S104
        "169.254.169.254", "100.64.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1",
        "::1", "::", "fe80::1", "fe80::1%lo", "fc00::1", "fec0::1", "ff02::1", "::127.0.0.1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2002:7f00:1::",
        "2001:0:7f00:1::",
    ],
)  # fmt: skip
def test_a_host_that_lives_inside_is_not_opened(world, address):
    world.lives["inside.example"] = [address]
    world.lives["both.example"] = [PUBLIC, address]
    assert refusal(world, "http://inside.example/") == "private"
    assert refusal(world, "http://both.example/") == "private"
    assert world.dialed == []


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("file:///etc/passwd", "address"),
        ("ftp://chm.example/", "address"),
        ("gopher://chm.example/", "address"),
        ("http://user:secret@chm.example/", "address"),
        ("http://chm.example:8000/", "port"),
        ("http://chm.example:22/", "port"),
        ("https://chm.example:80/", "port"),
        ("http://chm.example:99999/", "address"),
        ("http://chm.example/a\r\nX-Evil: 1", "address"),
        ("http:///nowhere", "address"),
        ("http://[::1/", "address"),
        ("http://nobody.example/", "unknown-host"),
    ],
)
def test_only_the_web_is_asked(world, url, code):
    assert refusal(world, url) == code
    assert world.dialed == []


def test_each_redirect_is_judged_like_the_first_address(world):
    world.lives["inside.example"] = ["10.0.0.1"]
    world.page("chm.example/", status=302, location="http://inside.example/admin")
    world.page("chm.example/file", status=302, location="file:///etc/passwd")
    world.page("chm.example/port", status=302, location="http://chm.example:6379/")
    world.page("chm.example/round", status=302, location="/round")
    world.page("chm.example/old", status=301, location="/new")
    world.page("chm.example/new", "Moved")
    assert refusal(world, "http://chm.example/") == "private"
    assert refusal(world, "http://chm.example/file") == "address"
    assert refusal(world, "http://chm.example/port") == "port"
    assert refusal(world, "http://chm.example/round") == "redirects"
    page = fetch("http://chm.example/old", world.line())
    assert (page.body, page.url, page.redirects) == (
        b"Moved", "http://chm.example/new", ["http://chm.example/old"],
    )  # fmt: skip


def test_the_connection_goes_to_the_address_that_was_judged(world):
    """A name that answers otherwise a moment later gains nothing: it is asked once."""
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    line = world.line()
    page_line = type(line)(resolve=lambda host, port: next(answers), dial=line.dial)
    world.page("chm.example/", "Here")
    assert fetch("http://chm.example/", page_line).body == b"Here"
    assert world.dialed == [PUBLIC]


def test_no_more_is_read_than_is_looked_at_and_nothing_is_unpacked(world):
    world.page("chm.example/big", b"x" * 300_000)
    page = fetch("http://chm.example/big", world.line(most=100_000))
    assert (len(page.body), page.cut) == (100_000, True)
    packed = gzip.compress(b"x" * 1_000_000)
    world.page("chm.example/packed", packed, content_encoding="gzip")
    assert fetch("http://chm.example/packed", world.line()).body == packed


@pytest.mark.parametrize("where", ["header", "body"])
def test_whoever_drips_is_left(world, where):
    over = threading.Event()

    def drip(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"" if where == "header" else b"\r\n"))
        while not over.is_set():
            try:
                handler.wfile.write(b"X-A: b\r\n" if where == "header" else b"x")
            except OSError:
                return
            time.sleep(0.05)

    world.pages["chm.example/slow"] = drip
    try:
        assert refusal(world, "http://chm.example/slow", whole=0.4) == "slow"
    finally:
        over.set()


def test_nobody_at_the_door(world):
    def hang_up(handler):
        handler.connection.close()

    world.pages["chm.example/gone"] = hang_up
    assert refusal(world, "http://chm.example/gone") == "no-answer"


@pytest.mark.parametrize(("name", "code"), [("chm.example", ""), ("other.example", "certificate")])
def test_a_certificate_is_for_the_host_that_was_asked(tmp_path, name, code):
    authority = _certified(tmp_path, name)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority)
    with elsewhere(context) as secure:
        secure.page("chm.example/", "Sealed")
        line = {"authorities": str(authority)}
        if code:
            assert refusal(secure, "https://chm.example/", **line) == code
        else:
            assert fetch("https://chm.example/", secure.line(**line)).body == b"Sealed"
        assert refusal(secure, "https://chm.example/") == "certificate"


def _certified(tmp_path, name: str):
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = tmp_path / "chain.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return path


@pytest.mark.parametrize(
    ("url", "inward"),
    [
        ("http://127.0.0.1/", True), ("http://[::1]/", True), ("https://localhost/", True),
        ("http://printer.local/", True), ("https://intranet.internal./", True),
        ("http://10.1.2.3/", True), ("https://chm.example/", False), ("http://93.184.215.14/", False),
    ],
)  # fmt: skip
def test_a_form_knows_what_leads_inward(url, inward):
    assert leads_inward(url) is inward


_ALONE = ["unshare", "--map-root-user", "--net"]


def _has_namespaces() -> bool:
    if not (shutil.which("unshare") and shutil.which("ip")):
        return False
    return subprocess.run([*_ALONE, "true"], capture_output=True).returncode == 0


@pytest.mark.skipif(not _has_namespaces(), reason="this machine makes no networks for its users")
def test_hosts_at_real_addresses_in_a_network_of_their_own():
    told = subprocess.run(
        [*_ALONE, sys.executable, "-m", "tests.foundations.namespace"], capture_output=True, text=True
    )
    assert told.stdout.split() == [PUBLIC, *["private"] * 5], told.stderr
