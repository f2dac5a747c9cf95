"""What the tests have the site itself do: in a command of its own, or in the worker."""

from django.db import transaction
from django_q.tasks import async_task

from communities.enums import Involvement, MemberRole
from communities.forums import actions
from communities.forums.models import Forum, Post, Thread
from communities.models import Community, Membership
from network.accounts.models import User
from network.consent import actions as consent
from network.consent.demo import HOLDER
from network.consent.enums import Basis, Exposure, Method, PartName, RecordKind
from network.consent.models import Authority, Holder, KnowledgeItem
from network.consent.presets import presets
from network.foundations.viewer import viewer_for


def _viewer(handle: str):
    return viewer_for(User.objects.get(email=f"{handle}@demo.example"))


@transaction.atomic
def open_thread(slug: str) -> None:
    """A community of its own with a thread that the expert watches; prints where it stands."""
    community = Community.objects.create(name=slug.title(), slug=slug, summary="A test.", purpose="<p>.</p>")
    for handle, role in (("moderator", MemberRole.MODERATOR), ("expert", MemberRole.MEMBER)):
        user = User.objects.get(email=f"{handle}@demo.example")
        Membership.objects.create(
            user=user, community=community, role=role, involvement=Involvement.EVERYTHING
        )
    forum = Forum.objects.create(community=community, slug="general", title="General", description="All.")
    thread = actions.start_thread(
        viewer=_viewer("moderator"), forum=forum, title=slug, html="<p>How?</p>", language="en"
    )
    print(thread.pk, thread.get_absolute_url())  # noqa: T201 - read by the test


def reply(thread: int, text: str, handle: str = "moderator") -> None:
    actions.reply(viewer=_viewer(handle), thread=Thread.objects.get(pk=thread), html=f"<p>{text}</p>")


def reply_later(thread: int, text: str) -> None:
    """Leave it to the worker."""
    async_task("tests.live.background.reply", thread, text)


@transaction.atomic
def share_in(thread: int, words: str) -> None:
    """Something that the demo's holders share with members, in the first post; prints the item."""
    holder = Holder.objects.get(names__en=HOLDER)
    by = _viewer("holder")
    made = consent.create_item(
        title="A test", holders=[holder], exposure=Exposure.SHARED, parts={PartName.BODY: words}, by=by
    )
    consent.record_consent(
        item=made,
        authorities=[Authority.objects.in_force().filter(holder=holder).earliest("pk")],
        kind=RecordKind.GIVEN,
        basis=Basis.FPIC,
        method=Method.HERE,
        clauses=[presets.get("members").clause()],
        by=by,
    )
    Post.objects.filter(thread=thread).update(html=f"<p>{made.token('body')}</p>")
    print(made.pk)  # noqa: T201 - read by the test


def stop_sharing(item: str) -> None:
    made = KnowledgeItem.objects.get(pk=item)
    consent.withdraw(item=made, holder=made.holders.get(), by=_viewer("holder"))
