"""Rows of a copy as rows of ours."""

from datetime import UTC, datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from network.foundations import richtext
from network.foundations.richtext.parsing import TooMuch

AnyModel = TypeVar("AnyModel", bound=models.Model)


class Unsound(Exception):
    """Why a row is not taken in, in words for whoever runs the import."""


def made(model: type[AnyModel], row: dict[str, Any], names: tuple[str, ...], **known: Any) -> AnyModel:
    """A row of ``model``, not saved: ``names`` from the copy, each by the rules of its field; ``known`` as
    it is. What an older copy does not name stays as a new row has it."""
    told: dict[str, Any] = {}
    for name in names:
        if name in row:
            told[name] = _value(model._meta.get_field(name), row[name])
    new = model(**told, **known)
    try:
        new.clean_fields(exclude={field.name for field in model._meta.fields} - set(names))
    except ValidationError as error:
        raise Unsound(
            "; ".join(f"{name}: {', '.join(said)}" for name, said in error.message_dict.items())
        ) from None
    return new


def _value(field: Any, told: Any) -> Any:
    try:
        value = field.to_python(told)
    except (ValidationError, TypeError, ValueError, OverflowError):
        raise Unsound(f"{field.name}: {told!r:.80} is none") from None
    if isinstance(value, str) and "\x00" in value:
        raise Unsound(f"{field.name}: it holds a sign that no text has")
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    return value


def html(told: Any) -> str:
    """Text as it may stand here; what was clean stays as it is."""
    if not isinstance(told, str):
        raise Unsound("its text is none")
    try:
        return richtext.clean(told)
    except (TooMuch, ValidationError):
        raise Unsound("its text is too long or nested too deeply") from None
