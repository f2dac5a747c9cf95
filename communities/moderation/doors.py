"""Where the pages of lower rooms lead into moderation."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.forums.acts import PostAct
from communities.forums.models import Post
from communities.models import Community
from communities.moderation import policies
from communities.panels import Section
from communities.policies import can_facilitate


def _report_url(post: Post) -> str:
    thread = post.thread
    place = [thread.forum.community.slug, thread.forum.slug, thread.pk, thread.slug, post.number]
    return reverse("moderation:report", args=place)


def _queue_url(community: Community) -> str:
    return reverse("moderation:queue", args=[community.slug])


REPORT = PostAct(label=_("Report"), icon="flag", url=_report_url, shown=policies.can_report)
QUEUE = Section(label=_("Moderation"), url=_queue_url, shown=can_facilitate, order=50)
