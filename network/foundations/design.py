"""The page that shows every component; there only where DEBUG is on."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from network.foundations.forms import RichTextFormField
from network.foundations.pager import KeysetPage


@dataclass(frozen=True)
class Person:
    """Stands in for the card that ``experts.disclosure`` makes."""

    name: str
    initials: str
    tone: int
    affiliation: str = ""
    country: str = ""
    url: str = "#person"
    photo_url: str = ""


PEOPLE = [
    Person("Amina Diallo", "AD", 1, "Ministère de l’Environnement", "Senegal"),
    Person("José Quispe Huamán", "JQ", 4, "Asociación Andes", "Peru"),
    Person("李晓梅", "李", 6, "Nanjing Institute of Environmental Sciences", "China"),
    Person("فاطمة الزهراء", "ف", 9, "المعهد الوطني للبحث الزراعي", "Morocco"),
    Person("Ingrid Solberg Haugen", "IS", 11, "Norwegian Environment Agency", "Norway"),
    Person("Tui Rangihuna", "TR", 2, "Te Rūnanga o Ngāti Porou", "Aotearoa New Zealand"),
]


class SampleForm(forms.Form):
    title = forms.CharField(label="Title", max_length=120, help_text="One line that says what it is about.")
    country = forms.ChoiceField(
        label="Country",
        choices=[("", "Choose a country"), ("KE", "Kenya"), ("PE", "Peru"), ("VU", "Vanuatu")],
    )
    about = forms.CharField(
        label="What you would like to share",
        widget=forms.Textarea,
        help_text="Plain words, three to ten lines.",
    )
    story = RichTextFormField(label="How it went", required=False, help_text="Paste from Word if you like.")
    starts = forms.DateField(
        label="Starts on", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    languages = forms.MultipleChoiceField(
        label="Languages you work in",
        choices=[("ar", "العربية"), ("en", "English"), ("fr", "Français")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick all that you would answer a question in.",
    )
    audience = forms.ChoiceField(
        label="Who may see it",
        choices=[("me", "Only me"), ("members", "Members"), ("all", "Everyone")],
        widget=forms.RadioSelect,
        initial="members",
    )
    document = forms.FileField(label="Document", required=False, help_text="PDF or text, up to 5 MB.")
    agree = forms.BooleanField(
        label="I have the right to share this", help_text="Ask its holders first if it is not yours alone."
    )


class SampleFilter(forms.Form):
    word = forms.CharField(label="Word", required=False)
    region = forms.MultipleChoiceField(
        label="Region",
        required=False,
        choices=[("afr", "Africa"), ("asi", "Asia"), ("lac", "Latin America and the Caribbean")],
        widget=forms.CheckboxSelectMultiple,
    )


def components(request: HttpRequest) -> HttpResponse:
    """Every component once, in the states that it has."""
    if not settings.DEBUG:
        raise Http404
    messages.success(request, _("Saved at 14:03."))
    context = {
        "people": PEOPLE,
        "form": SampleForm(auto_id="shown_%s"),
        "refused": SampleForm({"title": "", "about": "We tend the mangrove.", "audience": "members"}),
        "filter": SampleFilter({"word": "mangrove"}),
        "page": KeysetPage([1], next="bmV4dA", previous="cHJldg"),
        "trail": [("Communities", "#c"), ("Mangroves and coasts", "#m"), ("Restoration", "#r")],
        "tabs": [
            {"label": "About", "url": "#a", "current": True},
            {"label": "Forums", "url": "#f", "count": 4},
            {"label": "Members", "url": "#m", "count": 128},
            {"label": "Events", "url": "#e", "count": 2},
        ],
        "steps": [
            {"label": "Your clearing-house", "url": "#1", "state": "done"},
            {"label": "What changed", "url": "#2", "state": "done"},
            {"label": "Documents", "state": "current"},
            {"label": "Check and send", "state": "ahead"},
        ],
        "acts": [
            {"label": "Edit", "url": "#edit", "icon": "pencil"},
            {"label": "Move to another forum", "url": "#move", "icon": "folder-input"},
            {"label": "Hide with a reason", "url": "#hide", "icon": "eye-off", "danger": True},
        ],
        "facts": [
            ("Country", "Kenya"),
            ("Languages", "English, Kiswahili"),
            ("Works on", "Target 3: areas conserved; Target 21: knowledge for decisions"),
        ],
        "scores": [
            ("National portal reachable and current", 18, 20, "4.5"),
            ("Content in the country’s own languages", 12, 15, "4.0"),
            ("Network of contributors", 21, 25, "4.2"),
        ],
        "states": ["good", "info", "warn", "bad"],
        "tones": range(1, 13),
    }
    return render(request, "design/components/index.html", context)
