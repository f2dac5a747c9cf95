"""``manage.py import_discourse TOPICS --host forum.example.org --community SLUG --forum SLUG``."""

import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from communities.forums.discourse.files import NotAnArchive, TopicFiles
from communities.forums.discourse.people import read_addresses, read_likes
from communities.forums.discourse.topics import Topics
from communities.forums.management.bringing_in import BringingIn

_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,98}[a-z0-9])?(:\d{1,5})?")


class Command(BringingIn):
    help = (
        "Bring topics of Discourse into a forum: a file as /t/ID.json?print=true gives it, a folder or a zip "
        "of such files. Safe to repeat; --dry-run only looks."
    )
    things = "posts"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--host", required=True, help="where it was, as forum.example.org")
        parser.add_argument(
            "--people",
            type=Path,
            help="the list of users that an administrator of Discourse exports (CSV): authors get their "
            "addresses from it",
        )
        parser.add_argument(
            "--likes",
            type=Path,
            help="a table (CSV) of who liked which post, with the columns post_id, username and created_at: "
            "topics only count likes",
        )

    def open(self, file: Path, options: dict[str, Any]) -> Topics:
        host = options["host"].lower().removeprefix("https://").removeprefix("http://").rstrip("/")
        if not _HOST.fullmatch(host):
            raise CommandError(f"{options['host']!r} is no host: give it as forum.example.org.")
        try:
            addresses = read_addresses(options["people"]) if options.get("people") else {}
            likes = read_likes(options["likes"]) if options.get("likes") else {}
            return Topics(TopicFiles(file), host=host, addresses=addresses, likes=likes)
        except NotAnArchive as reason:
            raise CommandError(str(reason)) from None
