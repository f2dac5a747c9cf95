"""Bodies of answers that are made piece by piece."""

from collections.abc import AsyncIterator, Iterator

from asgiref.sync import sync_to_async


async def in_turns(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """``pieces``, each made in a thread of its own while the server goes on with others."""
    following = sync_to_async(lambda: next(pieces, None))
    while (piece := await following()) is not None:
        yield piece
