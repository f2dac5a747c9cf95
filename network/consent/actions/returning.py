"""The whole of an item on its way back to its holders: a BagIt folder, as a zip made while it is sent.

Everything in it passed the gate for the person who takes it (exit ``return``), so a closed key opens for her
own people's knowledge and for nothing else. Nothing is written to a disk in plain.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from network.consent import bags, gate, labels, odrl, policies, receiving
from network.consent.exits import RETURN
from network.consent.gate import SealedFile
from network.consent.models import CommunityProtocol, ItemKey, KnowledgeItem, Label, Part
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer

File = tuple[str, Iterable[bytes]]

#: Where the last word of a media type is not what such a file is called.
_ENDINGS = {"mpeg": "mp3", "mp4": "m4a"}


@dataclass(frozen=True)
class Opened:
    """A part as it goes into the package, and where."""

    part: Part
    text: str
    file: SealedFile | None = None

    @property
    def path(self) -> str:
        return f"{self._stem}.txt"

    @property
    def file_path(self) -> str:
        kind = self.part.media_type.rpartition("/")[2]
        return f"{self._stem}.{_ENDINGS.get(kind, kind)}" if self.file else ""

    @property
    def _stem(self) -> str:
        folder = "texts" if self.part.is_knowledge else "notes"
        return f"{folder}/{self.part.name}.{self.part.language}"


def hand_back(*, item: KnowledgeItem, by: Viewer) -> Iterator[bytes]:
    """The package, piece by piece; each part in it is written down as released to ``by``."""
    if not policies.can_take_back(by, item):
        raise PermissionDenied(
            _("Only one of the holders’ own people who decides for them can take it back.")
        )
    key = ItemKey.objects.filter(pk=item.pk).first()
    if key is not None and key.destroyed_at:
        raise Refused(_("The key was destroyed: there is nothing left to take back."))
    with translation.override(by.language):
        files, info = _contents(item, by)
    return bags.stream(f"item-{item.pk}", files, info)


def _contents(item: KnowledgeItem, by: Viewer) -> tuple[list[File], dict[str, str]]:
    parts = list(item.parts.order_by("id"))
    opened = _opened(parts, by)
    whole = {each.part.pk for each in opened if bool(each.file) == bool(each.part.path)}
    kept_back = [part for part in parts if part.pk not in whole]
    holders = list(item.holders.order_by("id"))
    records = list(
        item.records.in_order().select_related("holder").prefetch_related("scopes", "duties__deliveries")
    )
    protocols = list(CommunityProtocol.objects.filter(holder__in=holders).order_by("holder", "version"))
    on_it = list(item.labels.select_related("holder").order_by("id"))
    summary = render_to_string(
        "consent/package/summary.html",
        {
            "item": item, "holders": holders, "opened": opened, "kept_back": kept_back, "records": records,
            "protocols": protocols, "labels": [(label, _name(label)) for label in on_it],
        },
    )  # fmt: skip
    texts = [(each.path, each.text) for each in opened] + [
        ("summary.html", summary),
        ("records.json", _json(odrl.policies_of(records))),
        ("protocols.json", _json([_protocol(protocol) for protocol in protocols])),
        ("labels.json", _json([_label(label) for label in on_it])),
        ("received.csv", receiving.table(item)),
    ]
    info = {
        "Source-Organization": "; ".join(holder.own_name for holder in holders),
        "Bagging-Date": timezone.now().date().isoformat(),
        "External-Identifier": f"urn:uuid:{item.pk}",
        "External-Description": item.title,
    }
    files: list[File] = [(path, [text.encode()]) for path, text in texts]
    return files + [(each.file_path, each.file) for each in opened if each.file], info


def _opened(parts: list[Part], by: Viewer) -> list[Opened]:
    """Each part in each language, as the gate gives it: knowledge, and notes that she may read."""
    texts: dict[tuple[str, str], str] = {}
    for language in sorted({part.language for part in parts}):
        reader = Viewer(by.user, by.keys, language, by.zone)
        tokens = [part.token for part in parts if part.language == language]
        for start in range(0, len(tokens), gate.MOST_TOKENS):
            few = tokens[start : start + gate.MOST_TOKENS]
            for token, outcome in gate.release(few, reader, RETURN).items():
                if outcome.text is not None:
                    texts[token.part, outcome.language] = outcome.text
    return [
        Opened(part, texts[part.name, part.language], _file(part, by))
        for part in parts
        if (part.name, part.language) in texts
    ]


def _file(part: Part, by: Viewer) -> SealedFile | None:
    """Its recording or picture, unless the vault has lost it; words and file leave as one reading."""
    file = gate.open_media(part, by, RETURN, begins=False) if part.path else None
    try:
        for _chunk in file or ():
            pass
    except gate.Unreadable:
        gate.logger.error("consent media cannot be handed back: part %s", part.pk)
        return None
    return file


def _protocol(protocol: CommunityProtocol) -> dict[str, Any]:
    return {
        "holder": protocol.holder_id,
        "version": protocol.version,
        "title": protocol.title,
        "language": protocol.language,
        "adopted": protocol.adopted_on and protocol.adopted_on.isoformat(),
        "url": protocol.url,
        "absch": protocol.absch_id,
        "ceiling": protocol.ceiling,
        "text": protocol.text_id and f"urn:uuid:{protocol.text_id}",
    }


def _label(label: Label) -> dict[str, Any]:
    return {
        "holder": label.holder_id,
        "family": label.family,
        "code": label.code,
        "name": _name(label),
        "hubProject": label.hub_project and str(label.hub_project),
        "hubLabel": label.hub_label and str(label.hub_label),
        "since": label.since.isoformat(),
        "until": label.until and label.until.isoformat(),
    }


def _name(label: Label) -> str:
    return labels.name_of(label.family, label.code)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
