"""Reading somebody's table of terms: what can be taken is taken, what cannot is told."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from network.thesaurus.loading import Outcome, Row, languages, store
from network.thesaurus.models import Domain, Term

_CODE = re.compile(r"[\w][\w.:/-]{0,39}")


@dataclass(frozen=True)
class Line:
    """One row of the table and where it stands in the file."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Rejected:
    line: int
    reason: str


def read_table(content: bytes) -> list[Line]:
    """The rows of a CSV file as spreadsheets write it: any of three separators, UTF-8 or Windows-1252.

    Raises ``ValueError`` with what is missing.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    header = [(name or "").strip().lower() for name in reader.fieldnames or []]
    if missing := {"domain", "code"} - set(header):
        raise ValueError(f"The first line has no column {' and no column '.join(sorted(missing))}.")
    if not set(header) & set(languages()):
        raise ValueError(f"The first line names no language; one of {', '.join(languages())} is needed.")
    reader.fieldnames = header
    return [
        Line(
            reader.line_num, {name: (value or "").strip() for name, value in cells.items() if name in header}
        )
        for cells in reader
    ]


@dataclass
class Import:
    """One run over a table."""

    table: list[Line]
    rejected: list[Rejected] = field(default_factory=list)

    def run(self, progress: Callable[[int, int], None]) -> Iterator[tuple[str, Outcome]]:
        """Write the rows, vocabulary by vocabulary; afterwards ``rejected`` tells what was left out."""
        accepted = self._accepted()
        total = sum(len(lines) for lines in accepted.values())
        done = 0
        progress(done, total)
        for domain, lines in accepted.items():
            outcome = Outcome()
            for batch in self._broader_first(domain, lines):
                stored = store(Term, domain, [_row(line) for line in batch], shipped=False)
                outcome.added += stored.added
                outcome.changed += stored.changed
                outcome.unchanged += stored.unchanged
                done += len(batch)
                progress(done, total)
            yield domain, outcome
        self.rejected.sort(key=lambda rejected: rejected.line)

    def _accepted(self) -> dict[str, list[Line]]:
        domains = set(Domain.objects.values_list("code", flat=True))
        shipped = set(Term.objects.filter(shipped=True).values_list("domain_id", "code"))
        seen: dict[tuple[str, str], int] = {}
        accepted: dict[str, list[Line]] = {}
        for line in self.table:
            domain, code = line.cells["domain"], line.cells["code"]
            if domain not in domains:
                reason = f"there is no vocabulary {domain!r}; add it in the CMS first"
            elif not _CODE.fullmatch(code):
                reason = f"the code {code!r} is not one: up to 40 letters, digits and . : / -"
            elif (domain, code) in shipped:
                reason = f"{code!r} comes with the network and is kept as it is"
            elif (domain, code) in seen:
                reason = f"{code!r} stands on line {seen[domain, code]} already"
            elif not any(line.cells.get(language) for language in languages()):
                reason = f"{code!r} has no name in any language"
            else:
                seen[domain, code] = line.number
                accepted.setdefault(domain, []).append(line)
                continue
            self.rejected.append(Rejected(line.number, f"{reason}."))
        return accepted

    def _broader_first(self, domain: str, lines: list[Line]) -> Iterator[list[Line]]:
        """Batches in which each row's broader term is in the database by the time it is written."""
        waiting = lines
        while waiting:
            known = {
                f"{in_domain}:{code}" for in_domain, code in Term.objects.values_list("domain_id", "code")
            }
            ready = [
                line for line in waiting if not line.cells.get("parent") or _parent(domain, line) in known
            ]
            if not ready:
                break
            taken = {line.number for line in ready}
            waiting = [line for line in waiting if line.number not in taken]
            yield ready
        for line in waiting:
            self.rejected.append(Rejected(line.number, f"there is no broader term {line.cells['parent']!r}."))


def _parent(domain: str, line: Line) -> str:
    parent = line.cells["parent"]
    return parent if ":" in parent else f"{domain}:{parent}"


def _row(line: Line) -> Row:
    names = {language: name for language in languages() if (name := line.cells.get(language))}
    return Row(line.cells["code"], names, line.cells.get("parent", ""))
