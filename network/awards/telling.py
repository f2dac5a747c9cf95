"""Amendments of a running edition, for everybody to read."""

from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.awards.enums import Criterion
from network.calls.enums import Change
from network.calls.models import Amendment
from network.thesaurus.models import in_language


def told(amendments: list[Amendment]) -> list[dict[str, Any]]:
    """What was, what is, why."""
    return [
        {
            "amendment": amendment,
            "instants": [parse_datetime(amendment.before), parse_datetime(amendment.after)]
            if amendment.change == Change.CLOSING
            else [],
            "rules": _differences(amendment) if amendment.change == Change.RULES else [],
        }
        for amendment in amendments
    ]


def _differences(amendment: Amendment) -> list[tuple[str, object, object]]:
    before, after = amendment.before, amendment.after
    found = []
    if before.get("quorum") != after.get("quorum"):
        found.append((_("Scores that each nomination needs"), before.get("quorum"), after.get("quorum")))
    weights = {criterion["code"]: criterion.get("weight", 1) for criterion in before.get("criteria", [])}
    for criterion in after.get("criteria", []):
        was, now = weights.get(criterion["code"]), criterion.get("weight", 1)
        if was != now:
            label = Criterion(criterion["code"]).label
            found.append((_("Weight of %(criterion)s") % {"criterion": label}, was, now))
    asked = {question["code"]: question for question in before.get("questions", [])}
    for question in after.get("questions", []):
        was = asked.get(question["code"])
        if was != question:
            now = in_language(question["words"]) if question["asked"] else _("no longer asked")
            found.append((_("A question"), in_language(was["words"]) if was else "—", now))
    return found


#: What events of the record mean, in words. A kind without words is shown by its code.
HAPPENED = {
    "opened": gettext_lazy("The edition was opened, its rules frozen"),
    "amended": gettext_lazy("The edition was amended"),
    "granted": gettext_lazy("Late entry was granted"),
    "seated": gettext_lazy("A juror was invited"),
    "answered": gettext_lazy("A juror answered the invitation"),
    "disclosed": gettext_lazy("A juror disclosed her interests"),
    "started": gettext_lazy("A nomination was begun"),
    "submitted": gettext_lazy("The nomination was handed in"),
    "link-made": gettext_lazy("A link for the endorsement was made"),
    "endorsed": gettext_lazy("The nomination was endorsed"),
    "eligible": gettext_lazy("Found eligible"),
    "returned": gettext_lazy("Returned for completion"),
    "ineligible": gettext_lazy("Found not eligible"),
    "looked-at": gettext_lazy("An address of the nominee was looked at; what was seen is kept"),
    "conflict": gettext_lazy("A conflict of interest was recorded"),
    "entrusted": gettext_lazy("Entrusted to a juror"),
    "reviewed": gettext_lazy("A juror scored"),
    "recused": gettext_lazy("A juror stepped back"),
    "excused": gettext_lazy("Went on without a juror"),
    "panel-closed": gettext_lazy("The panel closed; its scores can no longer change"),
    "remarked": gettext_lazy("Something was said in the discussion"),
    "rescored": gettext_lazy("A juror scored after the discussion"),
    "discussed": gettext_lazy("The discussion was closed"),
    "third-view": gettext_lazy("Jurors were far apart; one more was asked"),
    "facts-asked": gettext_lazy("The nominee was asked to check facts"),
    "facts-answered": gettext_lazy("The nominee answered"),
    "appealed": gettext_lazy("An appeal was filed"),
    "appeal-decided": gettext_lazy("The appeal was answered"),
    "decided": gettext_lazy("A decision was recorded, sealed"),
    "told-early": gettext_lazy("Somebody was told before the release, under embargo"),
    "early-opened": gettext_lazy("A notice under embargo was opened"),
    "early-revoked": gettext_lazy("A notice under embargo was closed"),
    "leave-given": gettext_lazy("The nominee gave leave to publish answers"),
    "leave-taken-back": gettext_lazy("The nominee took leave back"),
    "interpreter-named": gettext_lazy("An interpreter was named"),
    "release-planned": gettext_lazy("The instant of the release was planned"),
    "released": gettext_lazy("The results were released"),
    "corrected": gettext_lazy("A result was corrected after the release"),
    "revoked": gettext_lazy("A result was revoked after the release"),
}
