"""Where the pages of lower rooms lead into moderation."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.forums.acts import PostAct
from communities.forums.models import Post
from communities.models import Community, Membership
from communities.moderation import policies
from communities.panels import MemberPage, Section
from communities.policies import can_facilitate, can_moderate


def _report_url(post: Post) -> str:
    thread = post.thread
    place = [thread.forum.community.slug, thread.forum.slug, thread.pk, thread.slug, post.number]
    return reverse("moderation:report", args=place)


def _claim_url(post: Post) -> str:
    thread = post.thread
    place = [thread.forum.community.slug, thread.forum.slug, thread.pk, thread.slug, post.number]
    return reverse("moderation:claim", args=place)


def _queue_url(community: Community) -> str:
    return reverse("moderation:queue", args=[community.slug])


def _record_url(membership: Membership) -> str:
    return reverse("moderation:record", args=[membership.community.slug, membership.pk])


RECORD = MemberPage(label=_("What was decided, and notes"), url=_record_url, shown=can_moderate)
REPORT = PostAct(label=_("Report"), icon="flag", url=_report_url, shown=policies.can_report)
CLAIM = PostAct(label=_("This is mine"), icon="user-check", url=_claim_url, shown=policies.can_claim)
QUEUE = Section(label=_("Moderation"), url=_queue_url, shown=can_facilitate, order=50)
