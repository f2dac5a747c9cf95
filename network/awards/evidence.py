"""What was seen of a nominee's addresses, in words for those who read the file."""

from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from network.awards.models import Nomination, SiteLook
from network.calls.models import Case

#: Why nothing could be seen. It is said as it is, and nobody is scored by it.
FAULTS = {
    "address": gettext_lazy("This is no address on the web."),
    "port": gettext_lazy("It names a port that websites do not use."),
    "private": gettext_lazy("Its host is inside somebody's own network; nobody outside can open it."),
    "unknown-host": gettext_lazy("No host of this name was found."),
    "certificate": gettext_lazy("Its certificate could not be verified, so browsers warn before opening it."),
    "slow": gettext_lazy("It did not answer in time."),
    "no-answer": gettext_lazy("It did not answer."),
    "redirects": gettext_lazy("It leads from one address to the next without end."),
    "robots": gettext_lazy("It asks programs not to look, and so we did not."),
}


@dataclass(frozen=True)
class Seen:
    """``signs`` are label and words."""

    look: SiteLook
    fault: str
    signs: list[tuple[str, str]]


def seen_of(nomination: Nomination) -> list[Seen]:
    """The last look at each address that the nominator gives now, in her order. One question."""
    seen = SiteLook.objects.filter(nomination=nomination, looked_at__isnull=False).order_by("id")
    looks = {look.url: look for look in seen}
    return [_told(looks[address]) for address in nomination.addresses if address in looks]


def _told(look: SiteLook) -> Seen:
    if look.fault:
        return Seen(look, str(FAULTS.get(look.fault, FAULTS["no-answer"])), [])
    return Seen(look, "", [(label, words) for label, words in _signs(look.findings) if words])


def _signs(found: dict[str, Any]) -> list[tuple[str, str]]:
    answered = _("%(status)s after %(milliseconds)s ms, %(kilobytes)s KB") % {
        name: found.get(name, "?") for name in ("status", "milliseconds", "kilobytes")
    }
    number = found.get("feeds", 0)
    feeds = ngettext("%(count)d feed", "%(count)d feeds", number) % {"count": number} if number else ""
    return [
        (_("Answered"), answered),
        (_("Title"), found.get("title", "")),
        (_("Encrypted"), _("yes") if found.get("https") else _("no")),
        (_("Languages offered"), ", ".join(found.get("languages", []))),
        (_("Newest date on it"), _day(found.get("newest", ""))),
        (_("Feeds"), feeds),
        (_("First look at accessibility"), _access(found.get("access"))),
        (_("Begins with"), found.get("excerpt", "")[:200]),
        (_("Fingerprint of the page"), found.get("digest", "")[:16]),
    ]


def _day(written: str) -> str:
    day = parse_date(written) if written else None
    return date_format(day, "DATE_FORMAT") if day else ""


def _access(found: dict[str, Any] | None) -> str:
    """What a first look misses; a machine cannot say that a page is accessible."""
    if found is None:
        return ""
    missing = [
        words
        for name, words in (
            ("language", _("no language is declared")),
            ("title", _("no title")),
            ("viewport", _("not made for small screens")),
            ("heading", _("no main heading")),
            ("main", _("the main part is not marked")),
        )
        if not found.get(name)
    ]
    images, fields = found.get("images_without_text", 0), found.get("fields_without_label", 0)
    if images:
        missing.append(
            ngettext("%(count)d image without a text", "%(count)d images without a text", images)
            % {"count": images}
        )
    if fields:
        missing.append(
            ngettext("%(count)d field without a label", "%(count)d fields without a label", fields)
            % {"count": fields}
        )
    return ", ".join(missing) or _("nothing was missing")


def of_case(case: Case) -> list[dict[str, Any]]:
    """Every look, for the dossier."""
    looks = SiteLook.objects.filter(nomination__case=case, looked_at__isnull=False).order_by("id")
    return list(looks.values("pk", "url", "asked_at", "looked_at", "fault", "findings"))
