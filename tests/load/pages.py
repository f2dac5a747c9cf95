"""How long a thread, a list, a search and a reply take: the network against a bare Django forum, the floor.

    python -m tests.load.pages --floor DIRECTORY --posts 50000 --rounds 40

``--floor`` is a directory with ``floor_settings``, ``floor_wsgi`` and ``seed_floor``; without it the
network alone is measured.

Both stand on PostgreSQL (``DATABASE_URL`` names a server on which databases may be made)
and in uvicorn, one process each, and are asked in turns, so that whatever else the machine does disturbs
both alike.
Prints the least and the median of many rounds in milliseconds, ratios, and growth: the last page of a thread
against its first, the hundredth page of a list against its first, and with ``--grown N`` the same page in
a network with N posts. Not part of the test suite: numbers need a quiet machine, ratios a long run.
"""

import argparse
import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

import psycopg
from psycopg import sql

SERVER = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
OURS, FLOOR = "network_load", "network_load_floor"
#: Words as ``seed_bulk`` uses them: in one post of three, and together in one of thousands.
FREQUENT, RARE = "mangrove", "917+plots"


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def database(name: str) -> str:
    return urlsplit(SERVER)._replace(path=f"/{name}").geturl()


def make_database(name: str) -> bool:
    """Whether it is new; one that a former run has filled is used again."""
    with psycopg.connect(SERVER, autocommit=True) as server:
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return False
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return True


@dataclass
class Side:
    """One server that answers on a port of its own."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _line: http.client.HTTPConnection | None = None

    def ask(self, path: str, method: str = "GET", body: str | None = None, **headers: str) -> bytes:
        if self._line is None:
            self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers |= {"Host": f"127.0.0.1:{self.port}"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._line.request(method, path, body=body, headers=headers)
        answer = self._line.getresponse()
        content = answer.read()
        if answer.status >= 400:
            raise SystemExit(f"{method} {path} was answered with {answer.status}.")
        for value in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = value.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return content


@contextmanager
def served(app: str, environment: dict[str, str], *options: str, cwd: str = ".") -> Iterator[Side]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        app,
        "--port",
        str(port),
        "--log-level",
        "error",
        "--timeout-keep-alive",
        "600",
        *options,
    ]
    process = subprocess.Popen(command, env=os.environ | environment, cwd=cwd)
    try:
        for _try in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        yield Side(port)
    finally:
        process.terminate()
        process.wait()


def environment_of(place: str, name: str) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "network.settings.dev",
        "DEBUG": "false",
        "NETWORK_VAR_DIR": place,
        "DATABASE_URL": database(name),
        "LOG_LEVEL": "ERROR",
    }


def manage(environment: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, "manage.py", *words], env=os.environ | environment, check=True)


def prepare_ours(place: str, name: str, posts: int) -> dict[str, str]:
    environment = environment_of(place, name)
    make_database(name)
    manage(environment, "migrate", "-v0")
    manage(environment, "migrate", "consent", "--database", "keys", "-v0")
    manage(environment, "seed_bulk", "--threads", str(max(posts // 25, 1)), "--posts", str(posts))
    with psycopg.connect(database(name), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return environment


_ADDRESSES = """
from communities.forums.models import Thread
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
threads = Thread.objects.filter(forum__community__slug="bulk-1").select_related("forum__community")
deep = threads.order_by("-last_number").first()
usual = threads.exclude(pk=deep.pk).filter(last_number__gt=20).order_by("pk").first()
usual = usual or threads.exclude(pk=deep.pk).order_by("-last_number").first()
written = Thread.objects.filter(forum__community__slug="bulk-2").order_by("pk").first()
def session_of_a_member(thread):
    person = thread.forum.community.memberships.select_related("user").first().user
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return session.session_key
print("ANSWER", usual.get_absolute_url(), deep.get_absolute_url(), deep.last_number // 20 * 20 + 1 - 20,
      deep.forum.get_absolute_url(), session_of_a_member(usual), written.get_absolute_url(),
      session_of_a_member(written))
"""


@dataclass
class Addresses:
    """A usual thread, the deep one and where its last page begins, their forum, a thread of another
    community that is written to (so that what is kept of the others stays), and sessions of members."""

    usual: str
    deep: str
    last: int
    forum: str
    reader: str
    written: str
    writer: str


def addresses(environment: dict[str, str]) -> Addresses:
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", _ADDRESSES],
        env=os.environ | environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    line = next(line for line in done.stdout.splitlines() if line.startswith("ANSWER"))
    _word, usual, deep, last, forum, reader, written, writer = line.split()
    return Addresses(usual, deep, int(last), forum, reader, written, writer)


class Stopwatch:
    """Times of several questions that are asked in turns."""

    def __init__(self) -> None:
        self.questions: dict[str, Callable[[], object]] = {}
        self.times: dict[str, list[float]] = {}

    def add(self, name: str, question: Callable[[], object]) -> None:
        self.questions[name] = question
        self.times[name] = []

    def run(self, rounds: int) -> None:
        for turn in range(rounds + 2):
            for name, question in self.questions.items():
                begun = time.perf_counter()
                question()
                if turn > 1:
                    self.times[name].append((time.perf_counter() - begun) * 1000)

    def told(self, name: str) -> str:
        times = self.times[name]
        return f"{name:44} {min(times):8.2f} {statistics.median(times):8.2f}"

    def ratio(self, one: str, other: str) -> str:
        least = min(self.times[one]) / min(self.times[other])
        middle = statistics.median(self.times[one]) / statistics.median(self.times[other])
        return f"{one} : {other} = {least:.2f} (least), {middle:.2f} (median)"


def replying(side: Side, path: str) -> Callable[[], object]:
    page = side.ask(f"{path}reply/").decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    turns = iter(range(10**9))

    def send() -> None:
        body = {"csrfmiddlewaretoken": token, "html": "<p>Measured words.</p>"}
        body["submission_key"] = f"load-{time.time_ns()}-{next(turns)}"
        side.ask(f"{path}reply/", "POST", urlencode(body), Origin=f"http://127.0.0.1:{side.port}")

    return send


def far_page(side: Side, forum: str, pages: int) -> str:
    """The address of the list ``pages`` further on, or of the last one."""
    path = forum
    for _turn in range(pages):
        found = re.search(r'rel="next" href="([^"]+)"', side.ask(path).decode())
        if not found:
            break
        path = f"{forum}{found[1].replace('&amp;', '&')}"
    return path


def ours_in(stack: ExitStack, environment: dict[str, str], watch: Stopwatch, prefix: str = "") -> None:
    at = addresses(environment)
    cold = stack.enter_context(served("network.asgi:application", environment | {"PAGE_CACHE_SECONDS": "0"}))
    watch.add(f"{prefix}thread, stranger, cold", lambda: cold.ask(at.usual))
    watch.add(f"{prefix}list, stranger, cold", lambda: cold.ask(at.forum))
    watch.add(f"{prefix}deep thread, first page, cold", lambda: cold.ask(at.deep))
    watch.add(f"{prefix}deep thread, last page, cold", lambda: cold.ask(f"{at.deep}?from={at.last}"))
    far = far_page(cold, at.forum, 100)
    watch.add(f"{prefix}list, far page, cold", lambda: cold.ask(far))
    for kind, word in {"frequent": FREQUENT, "rare": RARE}.items():
        watch.add(f"{prefix}search, a {kind} word, cold", lambda word=word: cold.ask(f"/search/?q={word}"))
    writer = Side(cold.port, {"sessionid": at.writer})
    watch.add(f"{prefix}reply", replying(writer, at.written))
    if prefix:
        return
    warm = stack.enter_context(served("network.asgi:application", environment))
    watch.add("thread, stranger, warm", lambda: warm.ask(at.usual))
    watch.add("list, stranger, warm", lambda: warm.ask(at.forum))
    member = Side(warm.port, {"sessionid": at.reader})
    watch.add("thread, signed in", lambda: member.ask(at.usual))


def floor_in(stack: ExitStack, directory: str, watch: Stopwatch) -> None:
    parts = urlsplit(SERVER)
    environment = {
        "FLOOR_DB": FLOOR, "PGUSER": parts.username or "postgres", "PGHOST": parts.hostname or "127.0.0.1",
        "PGPORT": str(parts.port or 5432), "DJANGO_SETTINGS_MODULE": "floor_settings",
    }  # fmt: skip
    if make_database(FLOOR):
        subprocess.run(
            [sys.executable, "seed_floor.py", "s"], env=os.environ | environment, cwd=directory, check=True
        )
    side = stack.enter_context(
        served("floor_wsgi:application", environment, "--interface", "wsgi", cwd=directory)
    )
    watch.add("floor: thread", lambda: side.ask("/t/501"))
    watch.add("floor: list", lambda: side.ask("/b/1"))
    session = _floor_session(environment, directory)
    member = Side(side.port, {"sessionid": session})
    watch.add("floor: thread, signed in", lambda: member.ask("/lt/501"))
    body = urlencode({"text": "Measured words."})
    watch.add("floor: reply", lambda: member.ask("/reply/501", "POST", body))


def _floor_session(environment: dict[str, str], directory: str) -> str:
    code = (
        "import django; django.setup()\n"
        "from django.contrib.sessions.backends.cached_db import SessionStore\n"
        "from django.contrib.auth import get_user_model as g\n"
        "u = g().objects.get(pk=7); s = SessionStore()\n"
        "s['_auth_user_id'] = '7'; s['_auth_user_backend'] = 'django.contrib.auth.backends.ModelBackend'\n"
        "s['_auth_user_hash'] = u.get_session_auth_hash(); s.create(); print(s.session_key)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | environment, cwd=directory, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    return done.stdout.split()[-1]


def report(watch: Stopwatch, *, floor: bool, grown: bool) -> None:
    say(f"{'milliseconds':44} {'least':>8} {'median':>8}")
    for name in watch.times:
        say(watch.told(name))
    say("")
    pairs = [
        ("deep thread, last page, cold", "deep thread, first page, cold"),
        ("list, far page, cold", "list, stranger, cold"),
        ("thread, stranger, warm", "thread, stranger, cold"),
    ]
    if floor:
        pairs += [
            ("thread, stranger, cold", "floor: thread"),
            ("thread, stranger, warm", "floor: thread"),
            ("list, stranger, cold", "floor: list"),
            ("list, stranger, warm", "floor: list"),
            ("thread, signed in", "floor: thread, signed in"),
            ("reply", "floor: reply"),
        ]
    if grown:
        pairs += [
            (f"grown: {name}", name)
            for name in (
                "thread, stranger, cold",
                "list, stranger, cold",
                "deep thread, last page, cold",
                "list, far page, cold",
                "search, a frequent word, cold",
                "search, a rare word, cold",
                "reply",
            )
        ]
    for pair in pairs:
        say(watch.ratio(*pair))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--floor", default="", help="directory of the floor")
    parser.add_argument("--posts", type=int, default=50_000)
    parser.add_argument("--grown", type=int, default=0, help="posts of a second, larger network")
    parser.add_argument("--rounds", type=int, default=40)
    asked = parser.parse_args()
    watch = Stopwatch()
    with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
        if asked.floor:
            floor_in(stack, asked.floor, watch)
        ours_in(stack, prepare_ours(place, f"{OURS}_{asked.posts}", asked.posts), watch)
        if asked.grown:
            grown = prepare_ours(place, f"{OURS}_{asked.grown}", asked.grown)
            ours_in(stack, grown, watch, "grown: ")
        watch.run(asked.rounds)
    say(f"{asked.posts:,} posts, {asked.rounds} rounds in turns, {os.cpu_count()} cores")
    report(watch, floor=bool(asked.floor), grown=bool(asked.grown))


if __name__ == "__main__":
    main()
