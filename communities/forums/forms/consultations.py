"""Guiding questions, picking passages, writing a summary, correcting it."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.forms import ReasonForm
from communities.forums.consultations.contributors import ALL_GROUPS, of_group
from communities.forums.consultations.paragraphs import Paragraph
from communities.forums.forms.writing import seen
from communities.forums.models import Correction, Forum, GuidingQuestion, Sentence
from network.foundations.forms import WatchedMixin

_LARGEST = 2_000_000_000


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class GuidingQuestionForm(WatchedMixin, forms.Form):
    title = forms.CharField(label=_("Question"), max_length=300, validators=[seen], widget=_lines(2))
    text = forms.CharField(
        label=_("Explanation"),
        max_length=4000,
        required=False,
        widget=_lines(4),
        help_text=_("What is meant, and what an answer could tell. Plain text."),
    )


class ChangedQuestionForm(GuidingQuestionForm):
    """The form knows which words stood there when it was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=_LARGEST)

    def __init__(self, *args: Any, question: GuidingQuestion, **kwargs: Any) -> None:
        initial = {"title": question.title, "text": question.text, "version": question.version}
        super().__init__(*args, initial=initial, **kwargs)

    def take_version(self, version: int) -> None:
        self.data: Any = self.data.copy()
        self.data["version"] = str(version)


class ClarificationForm(WatchedMixin, forms.Form):
    text = forms.CharField(
        label=_("Clarification"),
        max_length=4000,
        widget=_lines(4),
        help_text=_("It stands below the question with its date; the question keeps its words."),
    )


class _OfForum(forms.Form):
    """Asks for one of the questions of a consultation, or none."""

    question = forms.ModelChoiceField(
        label=_("Question"), queryset=GuidingQuestion.objects.none(), required=False, empty_label=_("None")
    )

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].queryset = forum.guiding_questions.all()


class AssignForm(_OfForum):
    """Which question a thread is about."""


class RegroupForm(_OfForum):
    """Under which question a passage stands."""


class PickForm(_OfForum):
    """Paragraphs of a post, by ticking them; ``version`` is the text that was on the screen."""

    paragraphs = forms.TypedMultipleChoiceField(
        label=_("Paragraphs"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=_LARGEST)

    field_order = ["paragraphs", "question", "version"]

    def __init__(self, *args: Any, blocks: list[Paragraph], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paragraphs"].choices = [
            (str(block.number), _("Paragraph %(number)s") % {"number": block.number})
            for block in blocks
            if not block.is_quotation
        ]


class ContributionFilter(forms.Form):
    """What contributions can be narrowed by; what is not offered narrows nothing."""

    question = forms.ChoiceField(label=_("Question"), required=False)
    group = forms.ChoiceField(label=_("Capacity"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, questions: list[GuidingQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = [(str(one.pk), one.title) for one in questions]
        self.fields["question"].choices = [
            ("", _("All questions")),
            *asked,
            ("none", _("Without a question")),
        ]
        self.fields["group"].choices = [("", _("All capacities")), *ALL_GROUPS.items()]
        self.fields["language"].choices = [("", _("All languages")), *settings.LANGUAGES]

    def _chosen(self, name: str) -> str:
        if not self.is_bound:
            return ""
        self.is_valid()
        return self.cleaned_data.get(name, "")

    def active(self) -> int:
        return sum(1 for name in self.fields if self._chosen(name))

    def narrowing(self) -> Q:
        found = Q()
        if question := self._chosen("question"):
            found &= Q(thread__question=None if question == "none" else int(question))
        if group := self._chosen("group"):
            found &= of_group(group)
        if language := self._chosen("language"):
            found &= Q(thread__language=language)
        return found


class SectionForm(WatchedMixin, forms.Form):
    """The text of a section; ``version`` is the one that was opened."""

    text = forms.CharField(
        label=_("What the summary says"),
        max_length=40_000,
        required=False,
        widget=_lines(14),
        help_text=_(
            "One sentence a line, an empty line between paragraphs. Behind a sentence, the numbers of the "
            "passages that it rests on, each in square brackets: [3] [7]."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=_LARGEST)

    def take_version(self, version: int) -> None:
        """After a stale edit: the next sending replaces the text that stands now."""
        self.data: Any = self.data.copy()
        self.data["version"] = str(version)


class OwnWordsForm(forms.Form):
    """Which sentences without a passage are the moderator's own words."""

    sentences = forms.TypedMultipleChoiceField(
        label=_("These are the moderator’s own words"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They rest on no passage. Readers see that they are the moderator’s own."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=_LARGEST)

    def __init__(self, *args: Any, rows: list[Sentence], version: int, **kwargs: Any) -> None:
        initial = {"version": version, "sentences": [row.pk for row in rows if row.is_own]}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["sentences"].choices = [(str(row.pk), row.text) for row in rows]


class DraftLanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Language of the summary"), choices=settings.LANGUAGES)


class CorrectionForm(WatchedMixin, forms.Form):
    proposed = forms.CharField(label=_("How it should read"), max_length=2000, widget=_lines(3))
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=_lines(3))


class CorrectionAnswerForm(ReasonForm):
    """Accept, in the words that were proposed or in others, or decline."""

    accepts = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("yes", _("Accept")), ("no", _("Decline"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("The sentence then reads"),
        max_length=2000,
        required=False,
        widget=_lines(3),
        help_text=_("Counts where you accept."),
    )

    field_order = ["accepts", "text", "reason"]

    def __init__(self, *args: Any, correction: Correction, **kwargs: Any) -> None:
        super().__init__(*args, initial={"text": correction.proposed}, **kwargs)
        self.fields["reason"].help_text = _("Whoever proposed it reads this.")
