"""What this room holds about a person: her copy, and erasing it."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from network.accounts.models import User
from network.accounts.personal_data import File
from network.experts import photos
from network.experts.models import Block, ExpertProfile, Message, MessageReport, SectionDraft, TwoPeople
from network.experts.sections import SECTIONS
from network.experts.summaries import summarize
from network.search import actions as search


def export(person: User) -> dict[str, Any]:
    """Every field in words, with who sees it."""
    profile = ExpertProfile.objects.for_cards().filter(user=person).first()
    if profile is None:
        return {}
    told: dict[str, Any] = {
        _("State"): profile.get_state_display(),
        _("Begun"): profile.created_at,
        _("Last changed"): profile.updated_at,
    }
    for section in SECTIONS.values():
        for field in summarize(profile, section):
            if not field.is_empty:
                told[str(field.label)] = {
                    _("Value"): field.html or field.text or field.image or list(field.parts),
                    _("Who sees it"): str(field.seen_by),
                }
    told[_("In other languages")] = {
        one.get_language_display(): [one.designation, one.biography] for one in profile.translations.all()
    }
    told[_("What stood there before")] = [
        {
            _("Changed"): one.created_at,
            _("Part"): one.section,
            _("Before"): one.before["values"],
            _("After"): one.after["values"],
        }
        for one in profile.revisions.order_by("-pk")
    ]
    return told


def files(person: User) -> Iterator[File]:
    """Her photo, in its largest size."""
    profile = ExpertProfile.objects.filter(user=person).exclude(photo_key="").first()
    if profile is not None:
        size = max(photos.SIZES)
        photo = photos.read(profile.photo_key, size) or b""
        yield File("photo.webp", len(photo), lambda: photo or None)


def export_messages(person: User) -> dict[str, Any]:
    """What she wrote and was written, what she began to write, and from whom she takes nothing."""
    letters = Message.objects.filter(Q(sender=person) | Q(recipient=person)).select_related(
        "sender", "recipient"
    )
    return {
        _("Messages"): [
            {
                _("Sent"): one.sent_at,
                _("From"): one.sender.get_full_name(),
                _("To"): one.recipient.get_full_name(),
                _("Subject"): one.subject,
                _("Text"): one.text,
            }
            for one in letters.order_by("pk")
        ],
        _("Drafts of your profile"): [
            {_("Part"): one.section, _("Text"): one.fields, _("Last changed"): one.updated_at}
            for one in SectionDraft.objects.filter(user=person)
        ],
        _("From whom you take no messages"): [
            one.blocked.get_full_name()
            for one in Block.objects.filter(person=person).select_related("blocked")
        ],
        _("Messages that you reported"): [
            {_("Subject"): one.message.subject, _("What is wrong with it"): one.reason}
            for one in MessageReport.objects.filter(message__recipient=person).select_related("message")
        ],
    }


def erase_messages(person: User, keep_contributions: bool) -> None:
    """Letters are between two: nothing of them is a contribution, so they go in either case."""
    Message.objects.filter(Q(sender=person) | Q(recipient=person)).delete()
    SectionDraft.objects.filter(user=person).delete()
    Block.objects.filter(Q(person=person) | Q(blocked=person)).delete()
    TwoPeople.objects.filter(Q(one=person) | Q(other=person)).delete()


def erase(person: User, keep_contributions: bool) -> None:
    """The profile is only about her, so it goes in either case, with its photo and its words in search."""
    profile = ExpertProfile.objects.filter(user=person).first()
    if profile is None:
        return
    search.remove("experts", profile.pk)
    if key := profile.photo_key:
        transaction.on_commit(lambda: photos.remove(key))
    profile.delete()
