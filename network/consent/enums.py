"""Words of the room ``consent``."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class HolderKind(models.TextChoices):
    PEOPLE = "people", pgettext_lazy("holder", "People")
    COMMUNITY = "community", _("Community")
    CLAN = "clan", _("Clan")
    FAMILY = "family", _("Family")
    KEEPER = "keeper", _("Knowledge keeper")


class ContactKind(models.TextChoices):
    """How holders can be reached; most of these need no network."""

    OFFICE = "office", _("Office or meeting house")
    PERSON = "person", _("A person to ask")
    LETTER = "letter", _("By letter")
    RADIO = "radio", _("By radio")
    TELEPHONE = "telephone", _("By telephone")
    EMAIL = "email", _("By e-mail")
    WEB = "web", _("On the web")


class Circle(models.TextChoices):
    """A circle within a people, attested by the people itself and seen by nobody else."""

    WOMEN = "women", _("Women")
    MEN = "men", _("Men")
    INITIATED = "initiated", _("Initiated")


class Voice(models.TextChoices):
    """For what an authority speaks."""

    GENERAL = "general", _("Everything that the holders decide")
    WOMEN = "women", _("What belongs to the women")


class ReleaseRule(models.TextChoices):
    """Who must have agreed before knowledge of several holders is shared. Any one of them can stop it."""

    ALL = "all", _("All holders agree")
    QUORUM = "quorum", _("A number of the holders agree and none objects")
    NAMED = "named", _("One named authority agrees and no holder objects")


class Exposure(models.TextChoices):
    """How far an item may ever go. It is a ceiling: consent can stay below it, never pass it."""

    HIDDEN = "hidden", _("Hidden: nobody but its holders knows that it is here")
    REFERENCE = "reference", _("Reference only: a title and a way to ask; no text is kept here")
    KNOWN = "known", _("Known: the text is kept sealed and only its holders read it")
    SHARED = "shared", _("Shared: people whom the holders name may read it")
    OPEN = "open", _("Open: everybody may read it, with attribution")


class PartName(models.TextChoices):
    TITLE = "title", _("Name of the knowledge")
    SUMMARY = "summary", _("Summary")
    BODY = "body", _("Text")
    AUDIO = "audio", _("Recording")
    IMAGE = "image", _("Picture")
    PLACE = "place", _("Place")
    PEOPLE = "people", _("People in it")

    @classmethod
    def of_media(cls) -> set[str]:
        """Parts that are a file; their text tells what is seen or heard in it."""
        return {cls.AUDIO.value, cls.IMAGE.value}


class RecordKind(models.TextChoices):
    """What a holder said. The newest record of each holder speaks for it; silence is no."""

    GIVEN = "given", _("Consent given")
    REFUSED = "refused", _("Consent refused")
    SUSPENDED = "suspended", _("Sharing paused")
    WITHDRAWN = "withdrawn", _("Consent withdrawn")


class ChangeKind(models.TextChoices):
    """What happened to an item: a holder's word, or what holders put on it beside that."""

    GIVEN = "given", _("Consent given")
    REFUSED = "refused", _("Consent refused")
    SUSPENDED = "suspended", _("Sharing paused")
    WITHDRAWN = "withdrawn", _("Consent withdrawn")
    MARKED = "marked", _("A label or a warning was put on it")


class Basis(models.TextChoices):
    """The three wordings of the Convention, kept apart as the holders' own law has it."""

    PIC = "pic", _("Prior and informed consent")
    FPIC = "fpic", _("Free, prior and informed consent")
    APPROVAL = "approval", _("Approval and involvement")


class Method(models.TextChoices):
    """How the word reached the record."""

    HERE = "here", _("Given here, by a person who decides for the holders")
    MEETING = "meeting", _("Given at a meeting")
    PAPER = "paper", _("Given on paper")
    VOICE = "voice", _("Given by telephone or in person")


class Detail(models.TextChoices):
    """What may be told of how consent came about. Each is sealed and can be erased, which no record can."""

    ASSEMBLY = "assembly", _("Who came together")
    HELD = "held", _("When")
    PLACE = "place", _("Where")
    TONGUE = "tongue", _("In which language")
    INTERPRETER = "interpreter", _("Who interpreted")
    EXPLAINED = "explained", _("What was explained")
    EVIDENCE = "evidence", _("Evidence")
    RECIPIENTS = "recipients", _("To whom it was given")
    NOTE = "note", _("Anything else")


class Fact(models.TextChoices):
    """What a record says in codes. Like a ``Detail``, each is read by those whom the holders chose."""

    BASIS = "basis", _("On what basis")
    METHOD = "method", _("How it was said")
    OFFICES = "offices", _("Who decided")
    VALIDITY = "validity", _("From when until when")
    PERMIT = "permit", _("Certificate or permit")
    AGREEMENT = "agreement", _("Mutually agreed terms")


class Agreement(models.TextChoices):
    """Where mutually agreed terms stand (Nagoya Protocol, articles 5 to 7)."""

    ESTABLISHED = "established", _("Mutually agreed terms are established")
    PENDING = "pending", _("Mutually agreed terms are being negotiated")
    NOT_NEEDED = "not_needed", _("No mutually agreed terms are needed")


class Visibility(models.TextChoices):
    """Who may read one field of a record of consent."""

    SEALED = "sealed", _("Only the holders")
    PARTIES = "parties", _("The holders and those whom they allowed")
    PUBLIC = "public", _("Everybody who may see the knowledge")


class DutyKind(models.TextChoices):
    """What is owed to the holders by those who use what they share."""

    ATTRIBUTION = "attribution", _("Name the holders as they wish")
    REPORT = "report", _("Report how it was used")
    RETURN = "return", _("Bring the results back")
    BENEFIT = "benefit", _("Share a benefit")


class DutyState(models.TextChoices):
    """Where a duty stands today: told by the clock and what was delivered, kept nowhere."""

    OWED = "owed", _("Owed")
    DUE = "due", _("Due")
    OVERDUE = "overdue", _("Overdue")
    DELIVERED = "delivered", _("Brought")


class LabelFamily(models.TextChoices):
    """The two families of labels of Local Contexts."""

    TK = "tk", "TK"
    BC = "bc", "BC"


class Warning(models.TextChoices):
    """What is asked before a text is shown. A warning can only hold back."""

    DECEASED = "deceased", _("It names or shows somebody who has died")
    GENDER = "gender", _("It belongs to the women or to the men")
    SEASON = "season", _("It belongs to another time of the year")


class RequestState(models.TextChoices):
    """Where a request stands for the holders; whoever asked learns only what they chose to tell."""

    OPEN = "open", _("Waiting")
    DELIBERATING = "deliberating", _("The holders are talking about it")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    TAKEN_BACK = "taken_back", _("Taken back by whoever asked")


class State(models.TextChoices):
    """Where consent stands at one instant; computed from records and clock, never stored."""

    UNKNOWN = "unknown", _("No consent recorded")
    GIVEN = "given", _("Shared")
    SCHEDULED = "scheduled", _("Will be shared later")
    OUT_OF_SEASON = "out_of_season", _("Out of season")
    EXPIRED = "expired", _("Expired")
    SUSPENDED = "suspended", _("Paused")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Action(models.TextChoices):
    """What can be done with knowledge; each exit performs one of these. What is not granted is denied."""

    DISCOVER = "discover", _("be known to exist")
    KEEP = "keep", _("be read by the holders in their own workspace")
    DISPLAY = "display", _("be shown on pages")
    QUOTE = "quote", _("be quoted in discussions")
    NOTIFY = "notify", _("be sent by e-mail")
    DISTRIBUTE = "distribute", _("be carried in feeds and calendars")
    EXPORT = "export", _("be taken out as data")
    INDEX = "index", _("be found by its words")
    TRANSLATE = "translate", _("be translated by people")
    MACHINE_TRANSLATE = "machine_translate", _("be translated by machines")
    EMBED = "embed", _("be shown on other sites")
    AI_TRAIN = "ai_train", _("be used to train artificial intelligence")


class Act(models.TextChoices):
    """What a change asks of everybody who holds a copy."""

    DELETE = "delete", _("Delete every copy")
    REVIEW = "review", _("Ask again: the terms have changed")
