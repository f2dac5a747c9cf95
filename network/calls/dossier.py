"""The whole procedure in one file that can be checked without us: data, documents, and a digest of each.

A dossier is a ZIP archive: ``call.json`` and ``events.json``, a file for each case, and ``manifest.json``
with the SHA-256 of every other file and of the last event. ``verify`` needs nothing but the file.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any, BinaryIO

from django.core.serializers.json import DjangoJSONEncoder

from network.calls import chronicle
from network.calls.models import (
    Amendment,
    Assignment,
    Call,
    Case,
    Conflict,
    Decision,
    Event,
    Grant,
    PanelMember,
    Remark,
    Review,
)
from network.calls.procedures import procedures
from network.foundations import chain

FORMAT = "dossier/1"
MANIFEST = "manifest.json"
#: No dossier of ours is larger; what is said to be larger is not unpacked.
LARGEST = 200 * 1024 * 1024


def _json(value: Any) -> bytes:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _rows(rows: Any, *names: str) -> list[dict[str, Any]]:
    return list(rows.order_by("pk").values("pk", *names))


def _call(call: Call) -> dict[str, Any]:
    return {
        "slug": call.slug, "procedure": call.procedure, "opens_at": call.opens_at,
        "closes_at": call.closes_at, "zone": call.zone, "rules": call.rules,
        "rules_version": call.rules_version, "opened_at": call.opened_at, "released_at": call.released_at,
        "amendments": _rows(
            Amendment.objects.filter(call=call), "number", "change", "before", "after", "reason", "at"
        ),
        "grants": _rows(Grant.objects.filter(call=call), "party__code", "until", "reason", "at"),
        "panel": _rows(
            PanelMember.objects.filter(call=call), "person__name", "represents__code", "state", "languages",
            "until", "disclosed_at",
        ),
    }  # fmt: skip


def _case(case: Case) -> dict[str, Any]:
    of = {"case": case}
    return {
        "id": case.pk, "public_id": case.public_id, "party": case.party and case.party.code,
        "letter_of": case.letter_of, "submitted_at": case.submitted_at, "digest": case.digest,
        "content": procedures.get(case.call.procedure).content(case),
        "evidence": procedures.get(case.call.procedure).evidence(case),
        "stages": _rows(
            case.runs, "kind", "opened_at", "due_at", "closed_at", "outcome", "reason", "findings"
        ),
        "conflicts": _rows(Conflict.objects.filter(**of), "person__name", "source", "reason", "at"),
        "assignments": _rows(Assignment.objects.filter(**of), "run", "member", "state", "interpreter"),
        "reviews": _rows(
            Review.objects.filter(assignment__case=case), "assignment", "version", "round", "scores",
            "reasons", "digest", "at",
        ),
        "remarks": _rows(Remark.objects.filter(**of), "member", "text", "at"),
        "decisions": _rows(Decision.objects.filter(**of), "version", "outcome", "note", "at"),
    }  # fmt: skip


def pack(call: Call, documents: Mapping[str, bytes] | None = None) -> bytes:
    """The archive. ``documents`` are files that the procedure adds: what was printed, name to content."""
    events = list(Event.objects.filter(call=call.pk).order_by("number"))
    files = {
        "call.json": _json(_call(call)),
        "events.json": _json([{**chronicle.payload(event), "digest": event.digest} for event in events]),
    }
    cases = Case.objects.filter(call=call).select_related("party", "call").prefetch_related("runs")
    for case in cases.order_by("pk"):
        files[f"cases/{case.public_id}.json"] = _json(_case(case))
    files |= dict(documents or {})
    files[MANIFEST] = _json({
        "format": FORMAT,
        "call": call.slug,
        "head": events[-1].digest if events else chain.START,
        "events": len(events),
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    })  # fmt: skip
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def verify(file: BinaryIO) -> list[str]:
    """What does not hold, one sentence each; empty when everything does."""
    try:
        with zipfile.ZipFile(file) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
                return ["The archive says that it is larger than any dossier."]
            names = archive.namelist()
            if len(names) != len(set(names)):
                return ["The archive holds two files of one name."]
            files = {name: archive.read(name) for name in names}
        manifest = json.loads(files.pop(MANIFEST))
        events = json.loads(files["events.json"])
        return _broken_files(manifest, files) + _broken_chain(manifest, events) + _broken_cases(files, events)
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        EOFError,
        NotImplementedError,
    ):
        return ["This is no dossier, or it is damaged."]


def _broken_files(manifest: dict, files: dict[str, bytes]) -> list[str]:
    told = manifest["files"]
    found = [] if manifest["format"] == FORMAT else ["The format is unknown."]
    found += [f"{name} is missing." for name in sorted(told.keys() - files.keys())]
    found += [f"{name} is not in the manifest." for name in sorted(files.keys() - told.keys())]
    for name in sorted(told.keys() & files.keys()):
        if hashlib.sha256(files[name]).hexdigest() != told[name]:
            found.append(f"{name} is not what the manifest says.")
    return found


def _broken_chain(manifest: dict, events: list[dict]) -> list[str]:
    links = [({**event, "digest": None}, event["digest"]) for event in events]
    for payload, _digest in links:
        del payload["digest"]
    place = chain.first_break(links)
    found = [] if place is None else [f"Event {place + 1} does not follow from those before it."]
    head = events[-1]["digest"] if events else chain.START
    if head != manifest["head"] or len(events) != manifest["events"]:
        found.append("The last event is not the one that the manifest names.")
    return found


def _broken_cases(files: dict[str, bytes], events: list[dict]) -> list[str]:
    """What was submitted is what the chain says, and every review and decision has its event."""
    submitted = {event["case"]: event["ids"]["digest"] for event in events if event["kind"] == "submitted"}
    recorded = {
        name: {event["ids"][name] for event in events if name in event["ids"]}
        for name in ("review", "decision")
    }
    found = []
    for name in sorted(files):
        if not name.startswith("cases/"):
            continue
        case = json.loads(files[name])
        # A nomination that was returned and is being mended may differ; one that went on may not.
        went_on = case["id"] in submitted and case["stages"][-1]["kind"] != "submit"
        if went_on and chronicle.digest_of(case["content"]) != submitted[case["id"]]:
            found.append(f"{name}: the content is not what was submitted.")
        for kind, rows in (("review", case["reviews"]), ("decision", case["decisions"])):
            if any(row["pk"] not in recorded[kind] for row in rows):
                found.append(f"{name}: a {kind} stands there that no event tells of.")
    return found
