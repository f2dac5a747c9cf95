"""What an import knows of the copy so far: which row of ours is which of its rows."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from communities.forums import attachments
from communities.forums.models import Forum, GuidingQuestion, PostFile
from communities.forums.restoring import Taken, Unsound
from communities.models import Community, Mandate, Resource
from network.accounts.models import User
from network.accounts.names import clean_name
from network.consent.actions.copying import refusal


def refuse_sealed(*texts: str) -> None:
    """What is sealed comes in by no file, not even where it stood in the open once."""
    if words := refusal("\n".join(texts)):
        raise Unsound(words)


@dataclass
class Outcome:
    """What an import did, or with a dry run would do."""

    community: str = ""
    is_new: bool = False
    members: int = 0
    people: int = 0
    forums: int = 0
    threads: int = 0
    posts: int = 0
    reactions: int = 0
    files: int = 0
    known: int = 0
    left_out: list[str] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)
    stored: list[PostFile] = field(default_factory=list)
    documents: list[Resource] = field(default_factory=list)

    def forget_files(self) -> None:
        """Everything was taken back: no file stays on the disk either."""
        attachments.let_go(self.stored)
        for resource in self.documents:
            resource.file.storage.delete(resource.file.name)
        self.stored, self.documents = [], []


class State:
    """Rows of ours by the numbers of the copy."""

    def __init__(self, taken: Taken) -> None:
        self.taken = taken
        self.outcome = Outcome()
        self.community = Community()
        self.forums: dict[Any, Forum] = {}
        self.mandates: dict[Any, Mandate] = {}
        self.questions: dict[Any, GuidingQuestion] = {}
        self.threads: dict[Any, int] = {}
        self.posts: dict[Any, int] = {}
        self._found: dict[Any, User | None] = {}

    @cached_property
    def _people(self) -> dict[Any, dict[str, Any]]:
        return {row.get("id"): row for row in self.taken.rows("people") if isinstance(row.get("id"), int)}

    @cached_property
    def reactions(self) -> dict[Any, list[dict[str, Any]]]:
        return self.taken.grouped("reactions", "post")

    @cached_property
    def polls(self) -> dict[Any, list[dict[str, Any]]]:
        return self.taken.grouped("polls", "post_id")

    @cached_property
    def wanted(self) -> dict[Any, list[dict[str, Any]]]:
        return self.taken.grouped("wanted", "thread")

    def person(self, number: Any) -> User | None:
        """The person whom the copy calls so: who has her address, or somebody new without a password."""
        if number not in self._people:
            return None
        if number not in self._found:
            self._found[number] = self._find(self._people[number])
        return self._found[number]

    def _find(self, row: dict[str, Any]) -> User | None:
        address = str(row.get("address") or "").strip().lower()
        try:
            validate_email(address)
        except ValidationError:
            self.outcome.rejected.append(f"person {row.get('id')}: no readable address")
            return None
        people = get_user_model().objects
        known = people.filter(email__iexact=address).first()
        if known is not None:
            return known
        self.outcome.people += 1
        name = clean_name(str(row.get("name") or "")) or address.partition("@")[0]
        return people.create_user(address, name=name[:150])
