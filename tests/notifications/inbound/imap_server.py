"""A small real IMAP server (RFC 3501, as much of it as a fetch needs), for tests on loopback."""

import re
import socketserver
import threading
from dataclasses import dataclass, field
from types import TracebackType

USER, PASSWORD = "network", "secret"


@dataclass
class Stored:
    uid: int
    content: bytes
    flags: set[str] = field(default_factory=set)


@dataclass
class Box:
    """Folders with their mails; uids are never given twice."""

    folders: dict[str, list[Stored]] = field(default_factory=lambda: {"INBOX": []})
    last_uid: int = 0
    can_move: bool = True
    dies_after: int = 0  # so many fetches, then the line breaks

    def put(self, content: bytes, folder: str = "INBOX") -> None:
        self.last_uid += 1
        self.folders[folder].append(Stored(self.last_uid, content))


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.box: Box = self.server.box
        self.folder = ""
        self._say("* OK ready")
        while line := self.rfile.readline():
            tag, _space, rest = line.decode().strip().partition(" ")
            name, _space, rest = rest.partition(" ")
            if name.upper() == "UID":
                name, _space, rest = rest.partition(" ")
                name = f"uid_{name}"
            if self._answer(tag, name.lower(), rest) is False:
                return

    def _answer(self, tag: str, name: str, rest: str) -> bool | None:
        if name == "login" and rest.replace('"', "") != f"{USER} {PASSWORD}":
            self._say(f"{tag} NO wrong")
            return None
        did = getattr(self, f"_{name}", lambda rest: None)(rest)
        if did is False:
            return False
        self._say(f"{tag} OK done")
        return name != "logout"

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def _capability(self, rest: str) -> None:
        self._say("* CAPABILITY IMAP4rev1" + (" MOVE" if self.box.can_move else ""))

    def _select(self, rest: str) -> None:
        self.folder = rest.strip('"')
        self._say(f"* {len(self._mails)} EXISTS")

    def _list(self, rest: str) -> None:
        for name in self.box.folders:
            if name in rest.replace('"', "").split():
                self._say(f'* LIST () "/" "{name}"')

    def _create(self, rest: str) -> None:
        self.box.folders[rest.strip('"')] = []

    def _uid_search(self, rest: str) -> None:
        found = [str(one.uid) for one in self._mails if "\\Seen" not in one.flags]
        self._say(" ".join(["* SEARCH", *found]))

    def _uid_fetch(self, rest: str) -> bool | None:
        for number, one in enumerate(self._mails, 1):
            if str(one.uid) != rest.split()[0]:
                continue
            if "BODY" not in rest:
                self._say(f"* {number} FETCH (UID {one.uid} RFC822.SIZE {len(one.content)})")
                continue
            if self.box.dies_after == 1:
                self.connection.close()
                return False
            self.box.dies_after = max(0, self.box.dies_after - 1)
            when = '"05-Nov-2026 10:00:00 +0000"'
            self._say(f"* {number} FETCH (UID {one.uid} INTERNALDATE {when} BODY[] {{{len(one.content)}}}")
            self.wfile.write(one.content + b")\r\n")
        return None

    def _uid_store(self, rest: str) -> None:
        for one in self._chosen(rest):
            one.flags |= set(re.findall(r"\\\w+", rest))

    def _uid_copy(self, rest: str) -> None:
        for one in self._chosen(rest):
            self.box.put(one.content, rest.split()[1].strip('"'))

    def _uid_move(self, rest: str) -> None:
        self._uid_copy(rest)
        for one in self._chosen(rest):
            self._mails.remove(one)

    def _expunge(self, rest: str) -> None:
        self.box.folders[self.folder] = [one for one in self._mails if "\\Deleted" not in one.flags]

    def _chosen(self, rest: str) -> list[Stored]:
        return [one for one in self._mails if str(one.uid) == rest.split()[0]]

    @property
    def _mails(self) -> list[Stored]:
        return self.box.folders[self.folder]


class ImapServer:
    """``with ImapServer() as server``: listens at ``server.port``; its mails are in ``server.box``."""

    host = "127.0.0.1"

    def __init__(self) -> None:
        self.box = Box()
        self._server = socketserver.ThreadingTCPServer((self.host, 0), _Conversation)
        self._server.daemon_threads = True
        self._server.box = self.box
        self.port = self._server.server_address[1]

    def __enter__(self) -> "ImapServer":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
