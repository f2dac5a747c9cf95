"""The demo's blogs: one of a person, one of a community, with entries by their own people and answers."""

from django.db.models import QuerySet
from django.utils import timezone

from communities.enums import Joining, MemberRole, Visibility
from communities.forums import actions as forums
from communities.forums.enums import Audience
from communities.forums.models import Forum
from communities.models import Community, Membership
from home.pages import actions
from home.pages.models import BlogEntryPage, BlogPage, Conversation, HomePage
from network.accounts.models import User
from network.experts.models import ExpertProfile
from network.foundations.viewer import viewer_for

OWN = [
    ("What the tide tables do not say",
     "I have planted by the tables for nine years. Here is what I write in the margin.",
     "<p>The table says low water at six. It leaves out that the wind of the night keeps some there.</p>"
     "<p>So I mark three things beside each line: wind, the colour of the mud, and who came with me. After "
     "nine years the third mark explains most of what stands.</p>"),
    ("A notebook that survives the sea",
     "Paper, pencil and a lid: what has worked on eleven boats.",
     "<p>We tried six kinds. The best was the cheapest, in a box for bread.</p>"
     "<ul><li>a pencil on a string</li><li>one page for a day</li><li>a copy on Friday</li></ul>"),
]  # fmt: skip
SHARED = (
    "How we choose what to plant next",
    "Four questions that we ask before each season, and who answers them.",
    "<p>First: who has looked at the place this month? Second: what stood there before? Third: who "
    "will be there in a year? The fourth is whether we are planting for the place or for the budget.</p>",
)
ANSWER = "<p>The third mark is the one that I never wrote down. I shall from tomorrow.</p>"


def seed(home: HomePage, editor: User) -> None:
    """Written by those who keep them; nothing where the demo's people are not there."""
    community = Community.objects.filter(
        visibility=Visibility.PUBLIC, joining=Joining.OPEN, name="Mangroves and coasts"
    ).first()
    if community is None or BlogPage.objects.exists():
        return
    forum = Forum.objects.filter(
        community=community, audience=Audience.COMMUNITY, kind="discussion", opens_at=None
    ).first()
    active = Membership.objects.active(timezone.now()).filter(community=community)
    members = active.filter(user__expert_profile__published_at__isnull=False)
    keepers = members.filter(role__in=[MemberRole.FACILITATOR, MemberRole.MODERATOR]).select_related("user")
    writer = members.filter(role=MemberRole.MEMBER).select_related("user").order_by("pk").first()
    if writer:
        profile = ExpertProfile.objects.get(user=writer.user)
        about = "Notes of somebody who plants: what worked, what did not, and what it cost."
        blog = _blog(home, editor, "Margin notes", about, forum, keeper=profile)
        for title, introduction, html in OWN:
            _write(writer.user, blog, title, introduction, html)
        _answer(active.exclude(pk=writer.pk), title=OWN[0][0])
    if keeper := keepers.order_by("pk").first():
        about = "What the community learns, told by those who look after it."
        blog = _blog(home, editor, "From the mangroves", about, forum, community=community)
        _write(keeper.user, blog, *SHARED)


def _blog(home: HomePage, editor: User, title: str, about: str, forum: Forum | None, **whose) -> BlogPage:
    slug = title.lower().replace(" ", "-")
    blog = BlogPage(title=title, slug=slug, introduction=about, forum=forum, owner=editor, **whose)
    home.add_child(instance=blog)
    blog.save_revision(user=editor).publish(user=editor)
    return blog


def _write(author: User, blog: BlogPage, title: str, introduction: str, html: str) -> None:
    actions.write_entry(
        viewer=viewer_for(author), blog=blog, title=title, introduction=introduction, html=html
    )


def _answer(others: QuerySet[Membership], title: str) -> None:
    entry = BlogEntryPage.objects.get(title=title)
    talk = Conversation.objects.filter(entry=entry.translation_key).select_related("thread").first()
    reader = others.filter(role=MemberRole.MEMBER).select_related("user").order_by("pk").first()
    if talk and reader:
        forums.reply(viewer=viewer_for(reader.user), thread=talk.thread, html=ANSWER)
