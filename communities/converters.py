"""Parts of addresses that these rooms understand; anything else is not found before a row is asked for."""

from django.urls import register_converter


class WordsConverter:
    """A readable address in any script."""

    regex = r"[-\w]{1,100}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class NumberConverter:
    """A row's number that fits both engines."""

    regex = r"[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class PartConverter(NumberConverter):
    """A row's number, or 0 for what belongs to none."""

    regex = r"0|[1-9][0-9]{0,17}"


register_converter(WordsConverter, "words")
register_converter(NumberConverter, "number")
register_converter(PartConverter, "part")
