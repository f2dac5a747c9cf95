"""What moderators and those who report are told."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.forums.enums import PostState
from communities.forums.models import Post
from communities.moderation import policies
from communities.moderation.enums import Outcome
from communities.moderation.models import Report
from communities.notices import carers
from communities.policies import can_moderate
from network.foundations.viewer import Viewer
from network.notifications.actions import notify
from network.notifications.kinds import Ids, Kind, Rendered, kinds
from network.outbox.models import Entry


def register() -> None:
    kinds.register("moderation.held", Kind(gettext_lazy("Posts that wait for me"), _render_held))
    kinds.register("moderation.report", Kind(gettext_lazy("Reports about posts"), _render_report))
    kinds.register("moderation.decided", Kind(gettext_lazy("Decisions on my reports"), _render_decided))


def tell_of_held(entry: Entry) -> None:
    post = Post.objects.held().select_related("thread__forum").filter(pk=entry.ids["post"]).first()
    if post is not None:
        community = post.thread.forum.community_id
        notify(
            kind="moderation.held",
            recipients=carers(community, only_moderators=True),
            actor=post.author_id,
            group=f"held:{community}",
            ids={"post": post.pk},
        )


def tell_of_report(entry: Entry) -> None:
    report = _report(entry.ids)
    if report is not None and report.decided_at is None:
        community = report.post.thread.forum.community_id
        people = set(carers(community, only_moderators=True)) - {report.post.author_id}
        notify(
            kind="moderation.report",
            recipients=people,
            actor=report.by_id,
            group=f"reports:{community}",
            ids={"report": report.pk},
        )


def tell_reporter(entry: Entry) -> None:
    report = _report(entry.ids)
    if report is not None and report.by_id:
        notify(kind="moderation.decided", recipients=[report.by_id], ids={"report": report.pk})


def _report(ids: Ids) -> Report | None:
    reports = Report.objects.select_related("post__thread__forum__community")
    return reports.filter(pk=ids["report"]).first()


def _render_held(ids: Ids, viewer: Viewer) -> Rendered | None:
    posts = Post.objects.select_related("thread__forum__community").filter(pk=ids["post"])
    post = posts.filter(state=PostState.HELD).first()
    if post is None or not can_moderate(viewer, post.thread.forum.community):
        return None
    subject = _("A post waits in “%(title)s”") % {"title": post.thread.title}
    return Rendered(subject=subject, text=post.excerpt, url=reverse("moderation:everything"))


def _render_report(ids: Ids, viewer: Viewer) -> Rendered | None:
    report = _report(ids)
    if report is None or report.decided_at is not None or not policies.can_decide(viewer, report):
        return None
    subject = _("A post in “%(title)s” was reported") % {"title": report.post.thread.title}
    text = f"{report.get_reason_display()}. {report.note}".strip()
    return Rendered(subject=subject, text=text, url=reverse("moderation:everything"))


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
