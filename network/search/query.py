"""What somebody typed into a search box, as the analyser understands it."""

from dataclasses import dataclass

from network.search import analyser

MAX_LENGTH = 200
MAX_WORDS = 12

#: Words that nearly every text holds: they would only shut texts out that put it otherwise.
_EMPTY = """
a an and at by for from in of on or the to with
au aux avec d dans de des du en et l la le les ou par pour sur un une
con del el las los o para por un una y
в во и из к на о от по с со у
او الى عن على في من و
"""
_EMPTY_WORDS = frozenset(analyser.fold(word) for word in _EMPTY.split())


@dataclass(frozen=True)
class Query:
    """Groups of tokens: a text matches if it holds at least one token of every group."""

    text: str
    groups: tuple[frozenset[str], ...]
    shortened: bool = False

    def __bool__(self) -> bool:
        return bool(self.groups)

    @property
    def tokens(self) -> frozenset[str]:
        return frozenset().union(*self.groups)


def parse(text: str) -> Query:
    """The query in ``text``; punctuation alone leaves none, and what is too long is cut."""
    typed = " ".join(text.replace("\x00", "").split())
    groups: list[frozenset[str]] = []
    empty: list[frozenset[str]] = []
    for run in analyser.runs(typed[:MAX_LENGTH]):
        if analyser.is_unspaced(run[0]):
            groups += [frozenset({sign}) for sign in _widest(run)]
            continue
        tokens = analyser.word_tokens(run)
        if tokens:
            (empty if analyser.fold(run) in _EMPTY_WORDS else groups).append(tokens)
    wanted = tuple(dict.fromkeys(groups or empty))
    return Query(
        text=typed[:MAX_LENGTH],
        groups=wanted[:MAX_WORDS],
        shortened=len(typed) > MAX_LENGTH or len(wanted) > MAX_WORDS,
    )


def _widest(run: str) -> list[str]:
    """Pairs of signs; the sign itself where there is only one."""
    found = analyser.signs(run)
    pairs = [sign for sign in found if len(sign) > 1]
    return pairs or found
