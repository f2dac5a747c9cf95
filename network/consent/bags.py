"""BagIt (RFC 8493) as a zip that is written while it is sent: nothing of it ever lies on a disk.

Pure: knows files and checksums, nothing of knowledge.
"""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

_ALGORITHM = "sha512"
_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


class _Wire:
    """What a zip writes into: it cannot be read or wound back, only emptied."""

    def __init__(self) -> None:
        self._chunks: list[bytes] = []

    def write(self, chunk: Any) -> int:
        self._chunks.append(bytes(chunk))
        return len(chunk)

    def flush(self) -> None:
        """Nothing waits anywhere."""

    def take(self) -> bytes:
        taken = b"".join(self._chunks)
        self._chunks.clear()
        return taken


def stream(
    folder: str, payload: Iterable[tuple[str, Iterable[bytes]]], info: dict[str, str]
) -> Iterator[bytes]:
    """The zip, piece by piece. ``payload``: paths below ``data/`` and what stands in each file."""
    wire = _Wire()
    manifest: dict[str, str] = {}
    octets = 0
    with zipfile.ZipFile(wire, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for path, chunks in payload:
            checksum = hashlib.new(_ALGORITHM)
            with archive.open(f"{folder}/data/{path}", "w", force_zip64=True) as entry:
                for chunk in chunks:
                    entry.write(chunk)
                    checksum.update(chunk)
                    octets += len(chunk)
                    yield wire.take()
            manifest[f"data/{path}"] = checksum.hexdigest()
        tags = {
            "bagit.txt": _DECLARATION,
            "bag-info.txt": _info(info | {"Payload-Oxum": f"{octets}.{len(manifest)}"}),
            f"manifest-{_ALGORITHM}.txt": _manifest(manifest),
        }
        tags[f"tagmanifest-{_ALGORITHM}.txt"] = _manifest(
            {name: hashlib.new(_ALGORITHM, text.encode()).hexdigest() for name, text in tags.items()}
        )
        for name, text in tags.items():
            archive.writestr(f"{folder}/{name}", text)
    yield wire.take()


def _manifest(sums: dict[str, str]) -> str:
    return "".join(f"{checksum}  {_encoded(path)}\n" for path, checksum in sums.items())


def _encoded(path: str) -> str:
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def _info(labels: dict[str, str]) -> str:
    """One label a line; a line break in a value would begin another label."""
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in labels.items())
