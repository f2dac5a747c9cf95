"""Which events a reader asks for, of a list, a calendar or a feed."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from home.events.enums import Attendance, Kind
from home.events.querysets import EventQuerySet
from network.foundations.viewer import Viewer
from network.thesaurus.models import Term

#: What narrows; ``past`` only turns a list round.
FACETS = ("q", "kind", "attendance", "theme", "country", "language", "community")


class EventFilter(forms.Form):
    """Which events to list; every field may be left out, and what is not understood is left out too."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    attendance = forms.ChoiceField(label=_("Attendance"), required=False)
    theme = forms.ModelChoiceField(
        label=_("Theme"), queryset=Term.objects.none(), required=False, to_field_name="code"
    )
    country = forms.ModelChoiceField(
        label=_("Country"), queryset=Term.objects.none(), required=False, to_field_name="code"
    )
    language = forms.ModelChoiceField(
        label=_("Language"), queryset=Term.objects.none(), required=False, to_field_name="code"
    )
    community = forms.ModelChoiceField(
        label=_("Community"), queryset=Community.objects.none(), required=False, to_field_name="slug"
    )
    past = forms.BooleanField(label=_("Past events"), required=False)

    def __init__(self, data: QueryDict, *, viewer: Viewer, events: EventQuerySet, **more: Any) -> None:
        """Offers the countries, languages and communities that there are events of."""
        super().__init__(data, **more)
        self.fields["kind"].choices = [("", _("All kinds")), *Kind.choices]
        self.fields["attendance"].choices = [("", _("On site and online")), *_ways()]
        shown = events.values("pk")
        countries = Term.objects.of("country").filter(pk__in=events.exclude(country=None).values("country"))
        languages = Term.objects.of("language").filter(pk__in=_named(events, "languages", shown))
        hosts = Community.objects.visible_to(viewer).filter(pk__in=_named(events, "hosts", shown))
        for name, rows, empty in (
            ("theme", Term.objects.of("kmgbf-target").current(), _("All targets")),
            ("country", countries, _("All countries")),
            ("language", languages, _("All languages")),
            ("community", hosts.order_by("name"), _("All communities")),
        ):
            self.fields[name].queryset = rows
            self.fields[name].empty_label = empty

    @property
    def wanted(self) -> dict[str, Any]:
        """What was understood."""
        self.is_valid()
        return self.cleaned_data

    def narrow(self, events: EventQuerySet) -> EventQuerySet:
        wanted = self.wanted
        for name, column in (("kind", "kind"), ("country", "country"), ("theme", "themes")):
            if wanted.get(name):
                events = events.filter(**{column: wanted[name]})
        if wanted.get("language"):
            events = events.filter(languages=wanted["language"])
        if wanted.get("community"):
            events = events.filter(hosts=wanted["community"])
        if wanted.get("attendance"):
            events = events.filter(attendance__in=[wanted["attendance"], Attendance.HYBRID])
        for word in wanted.get("q", "").split()[:8]:
            events = events.filter(title__icontains=word)
        return events


def _ways() -> list[tuple[str, Any]]:
    """Who asks for one way finds what is held in both."""
    return [(way.value, way.label) for way in (Attendance.ON_SITE, Attendance.ONLINE)]


def _named(events: EventQuerySet, field: str, shown: Any) -> Any:
    through = events.model._meta.get_field(field).remote_field.through
    return through.objects.filter(eventpage__in=shown).values(
        events.model._meta.get_field(field).m2m_reverse_field_name()
    )
