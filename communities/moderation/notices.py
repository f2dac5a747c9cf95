"""What moderators and those who report are told."""

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.enums import Act
from communities.forums.actions.unnamed import writer_of
from communities.forums.enums import PostState
from communities.forums.models import Post
from communities.models import Community
from communities.moderation import mails, policies
from communities.moderation.canned import translated
from communities.moderation.cases import find
from communities.moderation.enums import AppealOutcome, Outcome
from communities.moderation.models import Appeal, Away, ModerationLogEntry, ModerationReason, Report
from communities.moderation.workload import in_words
from communities.notices import carers
from communities.policies import can_moderate
from network.accounts.enums import Role
from network.accounts.models import User
from network.foundations.richtext import to_text
from network.foundations.viewer import Viewer
from network.notifications.actions import notify
from network.notifications.enums import Family, IncomingState, Timing
from network.notifications.kinds import Ids, Kind, Rendered, kinds
from network.notifications.models import IncomingMail
from network.outbox.models import Entry


def register() -> None:
    for name, label, render, rules in (
        ("held", gettext_lazy("Posts that wait for me"), _render_held, {}),
        ("mail", gettext_lazy("Mails that wait for me"), _render_mail, {}),
        ("report", gettext_lazy("Reports about posts"), _render_report, {}),
        ("decided", gettext_lazy("Decisions on my reports"), _render_decided, {"mail": Timing.DAILY}),
        ("alert", gettext_lazy("Posts that many have reported"), _render_alert, {}),
        ("appeal", gettext_lazy("Appeals that wait for me"), _render_appeal, {}),
        ("appeal_answer", gettext_lazy("Answers to my appeals"), _render_answer, {}),
        ("acted", gettext_lazy("What moderators decide about me"), _render_acted, {}),
        ("week", gettext_lazy("The week in moderation"), _render_week, {}),
    ):
        kinds.register(f"moderation.{name}", Kind(label, render, family=Family.MODERATION, **rules))


def tell_of_mail(entry: Entry) -> None:
    """A mail waits for moderators: it came from an address that proves nothing."""
    mail = IncomingMail.objects.filter(pk=entry.ids["mail"], state=IncomingState.WAITING).first()
    community = mails.community_of(mail) if mail else None
    if mail and community:
        notify(
            kind="moderation.mail",
            recipients=carers(community, only_moderators=True),
            group=f"mails:{community}",
            place=f"community:{community}",
            ids={"mail": mail.pk},
        )


def tell_of_held(entry: Entry) -> None:
    post = Post.objects.held().select_related("thread__forum").filter(pk=entry.ids["post"]).first()
    if post is not None:
        community = post.thread.forum.community_id
        notify(
            kind="moderation.held",
            recipients=set(carers(community, only_moderators=True)) - {writer_of(post)},
            group=f"held:{community}",
            place=f"community:{community}",
            ids={"post": post.pk},
        )


def tell_of_report(entry: Entry) -> None:
    report = _report(entry.ids)
    if report is not None and report.decided_at is None:
        community = report.post.thread.forum.community_id
        people = set(carers(community, only_moderators=True)) - {writer_of(report.post)}
        notify(
            kind="moderation.report",
            recipients=people,
            actor=report.by_id,
            group=f"reports:{community}",
            place=f"community:{community}",
            ids={"report": report.pk},
        )


def tell_reporter(entry: Entry) -> None:
    report = _report(entry.ids)
    if report is not None and report.by_id and report.decided_at:
        place = f"community:{report.post.thread.forum.community_id}"
        notify(kind="moderation.decided", recipients=[report.by_id], place=place, ids={"report": report.pk})


def call_two(entry: Entry) -> None:
    """Many have reported what only a person may hide: two moderators are called who are not away."""
    post = Post.objects.select_related("thread__forum").filter(pk=entry.ids["post"]).first()
    if post is None:
        return
    people = set(carers(post.thread.forum.community_id, only_moderators=True)) - {writer_of(post)}
    gone = set(Away.objects.filter(user__in=people, until__gt=timezone.now()).values_list("user", flat=True))
    here = [*sorted(people - gone), *sorted(people & gone)]
    notify(kind="moderation.alert", recipients=here[:2], group=f"alert:{post.pk}", ids={"post": post.pk})


def tell_of_appeal(entry: Entry) -> None:
    """Those who may decide it: moderators who did not act, else those who moderate the whole site."""
    appeal = Appeal.objects.waiting().filter(pk=entry.ids["appeal"]).first()
    if appeal is None:
        return
    people = set(carers(appeal.community_id, only_moderators=True)) - {appeal.by_id}
    people &= set(
        User.objects.filter(pk__in=people).exclude(actor_id=appeal.actor).values_list("pk", flat=True)
    )
    if not people:
        site = User.objects.filter(groups__name=Role.MODERATOR).exclude(actor_id=appeal.actor)
        people = set(site.values_list("pk", flat=True)) - {appeal.by_id}
    notify(kind="moderation.appeal", recipients=people, ids={"appeal": appeal.pk})


def tell_appellant(entry: Entry) -> None:
    appeal = Appeal.objects.filter(pk=entry.ids["appeal"]).exclude(decided_at=None).first()
    if appeal is not None:
        notify(kind="moderation.appeal_answer", recipients=[appeal.by_id], ids={"appeal": appeal.pk})


def tell_concerned(entry: Entry) -> None:
    notify(kind="moderation.acted", recipients=[entry.ids["user"]], ids={"entry": entry.ids["entry"]})


def _report(ids: Ids) -> Report | None:
    reports = Report.objects.select_related("post__thread__forum__community")
    return reports.filter(pk=ids["report"]).first()


def _render_held(ids: Ids, viewer: Viewer) -> Rendered | None:
    posts = Post.objects.select_related("thread__forum__community").filter(pk=ids["post"])
    post = posts.filter(state=PostState.HELD).first()
    if post is None or not can_moderate(viewer, post.thread.forum.community):
        return None
    subject = _("A post waits in “%(title)s”") % {"title": post.thread.title}
    return Rendered(
        subject=subject,
        text=post.excerpt,
        url=reverse("moderation:everything"),
        **_in_full(post),
    )


def _in_full(post: Post, before: str = "") -> dict[str, str]:
    """The whole post, for whoever decides by answering the mail; not where it repeats what is sealed."""
    if post.repeats_knowledge:
        return {}
    said = format_html("<p>{}</p>", before) if before else ""
    words = to_text(post.html)
    return {"html": said + post.html, "full": f"{before}\n\n{words}" if before else words}


def _render_mail(ids: Ids, viewer: Viewer) -> Rendered | None:
    case = find(viewer, "mail", ids["mail"])
    if case is None:
        return None
    subject = _("A mail waits in “%(community)s”") % {"community": case.community.name}
    text = _("It came from %(sender)s to an address that was given to somebody else.")
    return Rendered(
        subject=subject, text=text % {"sender": case.row.sender}, url=reverse("moderation:everything")
    )


def _render_report(ids: Ids, viewer: Viewer) -> Rendered | None:
    report = _report(ids)
    if report is None or report.decided_at is not None or not policies.can_decide(viewer, report):
        return None
    subject = _("A post in “%(title)s” was reported") % {"title": report.post.thread.title}
    text = f"{report.get_reason_display()}. {report.note}".strip()
    return Rendered(
        subject=subject, text=text, url=reverse("moderation:everything"), **_in_full(report.post, text)
    )


def _render_decided(ids: Ids, viewer: Viewer) -> Rendered | None:
    report = _report(ids)
    if report is None or report.by_id != viewer.user_id or report.decided_at is None:
        return None
    if not Post.objects.visible_to(viewer).filter(pk=report.post_id).exists():
        url = "/"
    else:
        url = report.post.get_absolute_url()
    if report.outcome == Outcome.UPHELD:
        subject = _("The moderators acted on your report in “%(title)s”")
    else:
        subject = _("The moderators looked at your report in “%(title)s” and left the post")
    return Rendered(subject=subject % {"title": report.post.thread.title}, text=report.answer, url=url)


def _render_alert(ids: Ids, viewer: Viewer) -> Rendered | None:
    posts = Post.objects.select_related("thread__forum__community").filter(pk=ids["post"])
    post = posts.filter(state=PostState.PUBLISHED).first()
    if post is None or not can_moderate(viewer, post.thread.forum.community):
        return None
    return Rendered(
        subject=_("Many have reported a post in “%(title)s”") % {"title": post.thread.title},
        text=_("It speaks for others, so it was not hidden. Please look at it soon."),
        url=reverse("moderation:queue", args=[post.thread.forum.community.slug]),
    )


def _render_appeal(ids: Ids, viewer: Viewer) -> Rendered | None:
    appeals = Appeal.objects.decidable_by(viewer).waiting().select_related("community")
    appeal = appeals.filter(pk=ids["appeal"]).first()
    if appeal is None:
        return None
    # Somebody who moderates the whole site may not know of the community.
    subject = _("An appeal waits for you")
    if Community.objects.visible_to(viewer).filter(pk=appeal.community_id).exists():
        subject = _("An appeal waits in %(community)s") % {"community": appeal.community.name}
    return Rendered(subject=subject, text=appeal.words, url=reverse("moderation:everything"))


def _render_answer(ids: Ids, viewer: Viewer) -> Rendered | None:
    appeals = Appeal.objects.filter(pk=ids["appeal"], by=viewer.user_id).exclude(decided_at=None)
    appeal = appeals.select_related("community").first()
    if appeal is None:
        return None
    if appeal.outcome == AppealOutcome.GRANTED:
        subject = _("Your appeal in %(community)s was granted")
    else:
        subject = _("Your appeal in %(community)s was dismissed")
    return Rendered(
        subject=subject % {"community": appeal.community.name},
        text=appeal.answer,
        url=reverse("moderation:mine"),
    )


def _concerns(entry: ModerationLogEntry, viewer: Viewer) -> bool:
    return ModerationLogEntry.objects.about(viewer).filter(pk=entry.pk).exists()


def _render_acted(ids: Ids, viewer: Viewer) -> Rendered | None:
    entry = ModerationLogEntry.objects.filter(pk=ids["entry"]).first()
    if entry is None or not viewer.is_member or not _concerns(entry, viewer):
        return None
    community = Community.objects.filter(pk=entry.community_id).first()
    reason = ModerationReason.objects.filter(pk=entry.pk).first()
    if community is None:
        return None
    if entry.act == Act.MEMBER_WARNED:
        subject = _("A moderator of %(community)s has warned you")
    else:
        subject = _("Your membership in %(community)s has ended")
    text = reason.text if reason else ""
    return Rendered(
        subject=subject % {"community": community.name},
        text=translated(viewer, [text]).get(text, text),
        url=reverse("moderation:mine"),
    )


def _render_week(ids: Ids, viewer: Viewer) -> Rendered | None:
    community = Community.objects.visible_to(viewer).filter(pk=ids["community"]).first()
    if community is None or not can_moderate(viewer, community):
        return None
    return Rendered(
        subject=_("The week in moderation: %(community)s") % {"community": community.name},
        text=_("%(decided)s decided, %(waits)s wait; half of them within %(time)s.")
        % {"decided": ids["decided"], "waits": ids["waits"], "time": in_words(ids["hours"])},
        url=reverse("moderation:workload", args=[community.slug]),
    )
