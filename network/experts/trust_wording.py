"""What notices of endorsements and rosters say, to whoever reads them at that moment."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from network.experts import once_links, policies
from network.experts.enums import Ending
from network.experts.freshness import leaves_on, marked_on, term_ends_on
from network.experts.models import Endorsement, Roster, RosterAssignment, RosterEntry, RosterKeeper
from network.experts.roster_letterbox import answer_address
from network.foundations.viewer import Viewer
from network.notifications.kinds import Ids, Rendered


def _endorsement(ids: Ids) -> Endorsement | None:
    return Endorsement.objects.whole().filter(pk=ids["endorsement"]).first()


def endorsed(ids: Ids, viewer: Viewer) -> Rendered | None:
    row = _endorsement(ids)
    if row is None or row.person_id != viewer.user_id or row.accepted_at or row.ended_at:
        return None
    return Rendered(
        subject=_("%(name)s wants to endorse you") % {"name": row.in_name_of},
        text=_("As: %(role)s. Until %(day)s. Nobody sees it before you accept; you can decline at any time.")
        % {"role": row.role, "day": date_format(row.until)},
        url=reverse("endorsements:mine"),
    )


def accepted(ids: Ids, viewer: Viewer) -> Rendered | None:
    row = _endorsement(ids)
    if row is None or row.by_id != viewer.user_id or row.ended_at:
        return None
    words = _("%(name)s has accepted the endorsement of %(by)s")
    return Rendered(
        subject=words % {"name": row.person.get_full_name(), "by": row.in_name_of},
        text=_("It stands on the profile until %(day)s.") % {"day": date_format(row.until)},
        url=reverse("endorsements:mine"),
    )


def endorsement_ended(ids: Ids, viewer: Viewer) -> Rendered | None:
    row = _endorsement(ids)
    if row is None or viewer.user_id is None:
        return None
    url = reverse("endorsements:mine")
    if row.ending == Ending.WITHDRAWN and row.person_id == viewer.user_id:
        return Rendered(_("%(name)s no longer endorses you") % {"name": row.in_name_of}, row.reason, url=url)
    if row.ending == Ending.DECLINED and row.by_id == viewer.user_id:
        words = _("%(name)s has declined the endorsement of %(by)s")
        return Rendered(words % {"name": row.person.get_full_name(), "by": row.in_name_of}, "", url=url)
    return None


def _entry(ids: Ids) -> RosterEntry | None:
    return RosterEntry.objects.whole().filter(pk=ids["entry"]).first()


def nominated(ids: Ids, viewer: Viewer) -> Rendered | None:
    row = _entry(ids)
    if row is None or row.person_id != viewer.user_id or row.accepted_at or row.ended_at:
        return None
    return Rendered(
        subject=_("%(by)s nominates you for “%(roster)s”")
        % {"by": row.in_name_of, "roster": row.roster.name},
        text=_("Accept it or decline. Nobody sees your name on the roster before you accept."),
        url=reverse("rosters:mine"),
    )


def waiting(ids: Ids, viewer: Viewer) -> Rendered | None:
    row = _entry(ids)
    if row is None or row.ended_at or not viewer.has(f"roster:{row.roster_id}:keeper"):
        return None
    words = {"name": row.person.get_full_name(), "roster": row.roster.name}
    if row.renominated_at:
        subject = _("%(name)s is put forward for another term on “%(roster)s”") % words
    elif row.approved_at is None:
        subject = _("%(name)s waits for approval on “%(roster)s”") % words
    else:
        return None
    return Rendered(subject, "", url=reverse("rosters:keep", args=[row.roster.slug]))


def answer(ids: Ids, viewer: Viewer) -> Rendered | None:
    row = _entry(ids)
    if row is None or not viewer.is_member:
        return None
    words = {"name": row.person.get_full_name(), "roster": row.roster.name}
    hers = row.person_id == viewer.user_id
    if row.ended_at is None and row.until:
        subject = (
            _("You are on the roster “%(roster)s”") if hers else _("%(name)s is on the roster “%(roster)s”")
        )
        text = _("Until %(day)s.") % {"day": date_format(row.until)}
    elif row.ended_at:
        subject = (
            _("You are not on the roster “%(roster)s”")
            if hers
            else _("%(name)s is not on the roster “%(roster)s”")
        )
        text = f"{row.get_ending_display()}. {row.reason if hers else ''}".strip()
    else:
        return None
    return Rendered(subject % words, text, url=reverse("rosters:mine" if hers else "rosters:list"))


def still_true(ids: Ids, viewer: Viewer) -> Rendered | None:
    """The question; every notice after it names the days on which something would follow."""
    row = _entry(ids)
    if row is None or row.person_id != viewer.user_id or row.ended_at:
        return None
    if row.asked_at is None or row.round != ids["round"]:
        return None
    leaves, marked = leaves_on(row), marked_on(row)
    text = [
        _("You are on the roster “%(roster)s”.") % {"roster": row.roster.name},
        _("Is what your profile says still true, and may people still ask you?"),
        _("Open the page below and press the button. You need not sign in."),
    ]
    reply_to = answer_address(row.pk, row.round)
    if reply_to:
        text.append(_("Or answer this mail with the word “yes”."))
    if marked:
        text.append(
            _("If we hear nothing by %(day)s, your place is marked as not confirmed and stands below others.")
            % {"day": date_format(marked)}
        )
    else:
        text.append(_("Your place is marked as not confirmed and stands below others."))
    if leaves:
        text.append(_("Without your word you leave the roster on %(day)s.") % {"day": date_format(leaves)})
    subject = _("Still true? Your place on “%(roster)s”")
    if row.stale_at:
        subject = _("You will leave “%(roster)s” unless you say that it is still true")
    return Rendered(
        subject=subject % {"roster": row.roster.name},
        text="\n\n".join(text),
        url=once_links.address(row.pk, row.round),
        reply_to=reply_to,
    )


def confirmed(ids: Ids, viewer: Viewer) -> Rendered | None:
    row = _entry(ids)
    if row is None or row.person_id != viewer.user_id or row.ended_at:
        return None
    return Rendered(
        subject=_("An officer of your organization says that your place on “%(roster)s” is still true")
        % {"roster": row.roster.name},
        text=_("If that is wrong, leave the roster."),
        url=reverse("rosters:mine"),
    )


def term(ids: Ids, viewer: Viewer) -> Rendered | None:
    row = _entry(ids)
    if row is None or row.ended_at or row.term_told_at is None or not viewer.is_member:
        return None
    words = {
        "name": row.person.get_full_name(),
        "roster": row.roster.name,
        "day": date_format(term_ends_on(row)),
    }
    if row.person_id == viewer.user_id:
        return Rendered(
            subject=_("Your term on “%(roster)s” ends on %(day)s") % words,
            text=_("Those who nominated you can put you forward again."),
            url=reverse("rosters:mine"),
        )
    keeps = viewer.has(f"roster:{row.roster_id}:keeper")
    return Rendered(
        subject=_("The term of %(name)s on “%(roster)s” ends on %(day)s") % words,
        text=_("Put her forward again before that day if she should stay."),
        url=reverse("rosters:keep", args=[row.roster.slug]) if keeps else reverse("rosters:mine"),
    )


def office(ids: Ids, viewer: Viewer) -> Rendered | None:
    row = _entry(ids)
    if row is None or row.ended_at or row.stale_at is None or row.round != ids["round"]:
        return None
    leaves = leaves_on(row)
    if not viewer.ids("officer") or leaves is None:
        return None
    return Rendered(
        subject=_("%(name)s has not said that her place on “%(roster)s” is still true")
        % {"name": row.person.get_full_name(), "roster": row.roster.name},
        text=_("If she is seldom online, ask her and say it for her before %(day)s.")
        % {"day": date_format(leaves)},
        url=reverse("rosters:office"),
    )


def thanked(ids: Ids, viewer: Viewer) -> Rendered | None:
    found = RosterAssignment.objects.select_related("entry__roster").exclude(thanked_at=None)
    row = found.filter(pk=ids["assignment"], entry__person=viewer.user_id).first()
    if row is None or not viewer.is_member:
        return None
    return Rendered(
        subject=_("Thanks for “%(what)s”") % {"what": row.what}, text=row.thanks, url=reverse("rosters:mine")
    )


def without_keeper(ids: Ids, viewer: Viewer) -> Rendered | None:
    roster = Roster.objects.open().filter(pk=ids["roster"]).first()
    if roster is None or not policies.can_run_rosters(viewer):
        return None
    if RosterKeeper.objects.current().filter(roster=roster).exists():
        return None
    return Rendered(
        subject=_("The roster “%(roster)s” has no keeper any more") % {"roster": roster.name},
        text=_("Its last keeper has left the network. Name others."),
        url=reverse("rosters:keepers", args=[roster.slug]),
    )
