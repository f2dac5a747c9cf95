"""Real Chromium before the real site: web and worker under their supervisor, on a copy of the demo.

One browser and one site serve all browser tests of a process; ``scripts/test.py`` gives them all to one
worker, last, because Playwright keeps an event loop running in its thread.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

from network.accounts.demo import PASSWORD, SIGN_INS
from network.foundations.supervisor import answers
from tests.engine import sqlite, templates

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True)
class Site:
    """A running network with its demo."""

    address: str
    directory: Path
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Run a command of ``manage.py`` on the site's own data; what it printed."""
        command = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _environment(directory: Path, port: int) -> dict[str, str]:
    """A demonstration that anybody may enter, described as any installation is: by its environment."""
    outside = ("DATABASE_URL", "KEYS_DATABASE_URL", "REDIS_URL", "TEST_ENGINE")
    kept = {name: value for name, value in os.environ.items() if name not in outside}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "network.settings.dev",
        "DEBUG": "false",
        "DEMO_SIGN_INS": "true",
        "NETWORK_VAR_DIR": str(directory),
        "NETWORK_BASE_URL": f"http://127.0.0.1:{port}",
    }


@pytest.fixture(scope="session")
def site(django_db_setup: None) -> Iterator[Site]:
    """The site with its demo, served by ``manage.py up`` on a free port."""
    directory = Path(settings.TEST_PLACE) / "site"
    port = _free_port()
    site = Site(f"http://127.0.0.1:{port}", directory, _environment(directory, port))
    directory.mkdir(parents=True)
    for alias in settings.DATABASES:
        name = "network" if alias == "default" else alias
        sqlite.copy(templates.prepare(), alias, str(directory / f"{name}.sqlite3"))
    site.manage("demo", "--verbosity", "0")
    log = directory / "up.log"
    with log.open("w") as output:
        command = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), "up", "--port", str(port)]
        up = subprocess.Popen(command, env=site.environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            deadline = time.monotonic() + 60
            while not answers("127.0.0.1", port):
                if up.poll() is not None or time.monotonic() > deadline:
                    pytest.fail(log.read_text())
                time.sleep(0.1)
            yield site
        finally:
            up.send_signal(signal.SIGTERM)
            up.wait(timeout=30)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all browser tests."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not path:
        pytest.fail("Browser tests need Chromium: install it, or say where it is with CHROMIUM=/path.")
    # Playwright runs an event loop in this thread; the tests still speak to the database in it.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def watch(page: Any, complaints: list[str]) -> None:
    """Collect what must never happen: errors on the console (broken security policies are told there),
    uncaught exceptions, answers that fail, requests to anybody else.

    That a page itself answers 403, 404 or 422 is for the test to expect or not.
    """

    def console(message: Any) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(f"{page.url}: {message.text}")

    def response(answer: Any) -> None:
        is_page = answer.request.resource_type in ("document", "fetch", "xhr")
        if answer.status >= (500 if is_page else 400):
            complaints.append(f"{page.url}: {answer.status} {answer.url}")

    def request(asked: Any) -> None:
        own = ("http://127.0.0.1:", "http://localhost:", "data:", "blob:", "ws://127.0.0.1:")
        if not asked.url.startswith(own):
            complaints.append(f"{page.url}: asked {asked.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("response", response)
    page.on("request", request)


def totp_code(secret: str) -> str:
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def _sign_in(context: Any, handle: str) -> None:
    """Through the form that everybody uses, second factor included."""
    email = f"{handle}@demo.example"
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.click("form:has(input[name=password]) button[type=submit]")
    page.wait_for_load_state()
    secret = next(person.totp_secret for person in SIGN_INS if person.email == email)
    if secret and "/2fa/" in page.url:
        page.fill("input[name=code]", totp_code(secret))
        page.click("form:has(input[name=code]) button[type=submit]")
        page.wait_for_load_state()
    assert "/login" not in page.url, page.inner_text("main")
    assert "/2fa/" not in page.url, page.inner_text("main")
    page.close()


@pytest.fixture(scope="session")
def _signed_in(browser: Any, site: Site) -> Callable[[str], Any]:
    """Storage states of the demo's people, each signed in once."""
    states: dict[str, Any] = {}

    def state_of(handle: str) -> Any:
        if handle not in states:
            context = browser.new_context(base_url=site.address)
            _sign_in(context, handle)
            states[handle] = context.storage_state()
            context.close()
        return states[handle]

    return state_of


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What the pages of this test complained of; anything left in it fails the test."""
    found: list[str] = []
    yield found
    assert not found, "\n".join(found)


@pytest.fixture
def page_as(
    browser: Any, site: Site, _signed_in: Callable[[str], Any], complaints: list[str]
) -> Iterator[Callable[..., Any]]:
    """``page_as("moderator")``: a fresh page of the demo's moderator; ``page_as()`` of a stranger.

    Options go to the browser context, e.g. ``page_as(color_scheme="dark", locale="ar")``.
    """
    contexts = []

    def open_page(handle: str = "", **options: Any) -> Any:
        state = {"storage_state": _signed_in(handle)} if handle else {}
        contexts.append(browser.new_context(base_url=site.address, **state, **options))
        page = contexts[-1].new_page()
        watch(page, complaints)
        return page

    yield open_page
    for context in contexts:
        context.close()


#: The size of what is pressed is new in WCAG 2.2, so axe leaves it out unless asked.
_RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}


def assert_accessible(page: Any) -> None:
    """axe finds nothing to mend, up to WCAG 2.2 AA and its own good practice."""
    found = Axe().run(page, options=_RULES)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
