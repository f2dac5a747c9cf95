"""A small world in which every address of the network leads somewhere, with marked words in every corner.

``build()`` makes it through the rooms' own deeds; ``tests/alarms/places.py`` says what is asked for in it.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Page

from communities import actions as communities
from communities.enums import Joining, MemberRole, Visibility
from communities.forums import actions as forums
from communities.forums.models import Forum, Post, PostFile, Thread
from communities.models import Community, Invitation, JoinRequest, Membership
from communities.moderation import actions as moderation
from communities.moderation.enums import ReportReason
from communities.moderation.models import Report
from home.pages.models import NewsIndexPage, NewsPage
from network.accounts.models import PersonalExport
from network.awards import actions as awards
from network.awards.enums import Criterion
from network.awards.models import Edition, Nomination
from network.calls import actions as engine
from network.calls.enums import Outcome
from network.consent import actions as consent
from network.consent.enums import RecordKind
from network.consent.models import Holder, KnowledgeItem, Part
from network.experts.enums import Visibility as Seen
from network.experts.models import ExpertProfile
from network.notifications.models import Notification
from network.organizations.models import FocalPoint, Organization
from network.outbox import actions as outbox
from tests import people
from tests.awards import stage
from tests.communities.cast import ELSEWHERE, HOME
from tests.communities.factories import belongs, community
from tests.consent import factories as knowledge
from tests.experts import factories as experts
from tests.forums.factories import forum, reply, thread
from tests.home.test_events import event
from tests.organizations.factories import focal_point, organization

#: Stands beside every marked word, so that one search looks for all of them at once.
COMMON = "lagoon"
LINK = '<a href="https://shop.example/">shop</a>'


def marked(corner: str) -> str:
    """The word that is hidden in a corner of this world and stands nowhere else."""
    return f"zq{corner.replace(' ', '')}qz".lower()


def say(corner: str) -> str:
    return f"{COMMON} {marked(corner)}"


@dataclass
class Talk:
    """A community with a thread in it: a post, a waiting one, a hidden one, a report."""

    community: Community
    forum: Forum
    thread: Thread
    post: Post
    hidden: Post
    held: Post
    report: Report
    file: PostFile
    stray: Membership


@dataclass
class World:
    cast: people.Cast
    public: Talk
    members: Talk
    secret: Talk
    asked: JoinRequest
    invitation: Invitation
    copy: PersonalExport
    notice: Notification | None
    profiles: dict[str, ExpertProfile]
    organization: Organization
    focal_point: FocalPoint
    item: KnowledgeItem
    note: Part
    holder: Holder
    nominations: dict[str, Nomination]
    event: Page
    page: Page


def build() -> World:
    cast = people.cast()
    home, elsewhere = Community.objects.get(name=HOME), Community.objects.get(name=ELSEWHERE)
    Community.objects.filter(pk=home.pk).update(joining=Joining.REQUEST)
    home.refresh_from_db()
    hidden = community("Sacred groves", slug="groves", visibility=Visibility.HIDDEN)
    belongs(cast.moderator, hidden, MemberRole.MODERATOR)
    belongs(cast.quiet_expert, hidden)
    public = _talk(elsewhere, "public", cast.outsider, cast.site_moderator)
    members = _talk(home, "members", cast.community_member, cast.moderator)
    secret = _talk(hidden, "secret", cast.quiet_expert, cast.moderator)
    asked = communities.request_to_join(
        viewer=people.viewer(cast.member), community=home, message=say("request")
    )
    invitation = communities.invite(
        viewer=people.viewer(cast.moderator), community=home, email=f"{marked('invited')}@post.example",
        role=MemberRole.MEMBER, language="en",
    )  # fmt: skip
    profiles = _profiles(cast, home)
    item, note, of = _knowledge(cast)
    office = organization("Lagoon observatory", "KE")
    world = World(
        cast=cast,
        public=public,
        members=members,
        secret=secret,
        asked=asked,
        invitation=invitation,
        copy=PersonalExport.objects.create(
            person=cast.member, ready_at=timezone.now(), archive=b"zip",
            expires_at=timezone.now() + timedelta(days=1),
        ),
        notice=None,
        profiles=profiles,
        organization=office,
        focal_point=focal_point(people.person("named"), "UG"),
        item=item,
        note=note,
        holder=of,
        nominations=_nominations(cast),
        event=event("Lagoon day"),
        page=_news(),
    )  # fmt: skip
    while outbox.work_off():
        pass
    world.notice = Notification.objects.filter(recipient=cast.facilitator).first()
    return world


def _talk(here: Community, name: str, author: people.User, moderator: people.User) -> Talk:
    viewer = people.viewer(moderator)
    newcomer = people.person(f"newcomer-{name}")
    stray = belongs(newcomer, here)
    room = forum(here, "Lagoons")
    started = thread(room, author, f"A {say(f'{name} title')}", f"<p>{say(f'{name} post')}</p>")
    hidden = reply(started, author, f"<p>{say(f'{name} hidden')}</p>")
    forums.hide(viewer=viewer, post=hidden, reason=say(f"{name} hiding"))
    held = reply(started, newcomer, f"<p>{say(f'{name} held')} {LINK}</p>")
    post = reply(started, author, f"<p>{say(f'{name} reply')}</p>")
    report = moderation.report(
        viewer=people.viewer(newcomer), post=post, reason=ReportReason.OTHER, note=say(f"{name} report")
    )
    kept = PostFile(post=post, name=f"{marked(f'{name} file')}.txt", size=4)
    kept.file.save("file.txt", ContentFile(say(f"{name} content").encode()), save=True)
    # The title of a thread stands in its address, which whoever asks for it knows already.
    Thread.objects.filter(pk=started.pk).update(slug="lagoon")
    for row in (here, started, post, hidden, held):
        row.refresh_from_db()
    return Talk(here, room, started, post, hidden, held, report, kept, stray)


def _profiles(cast: people.Cast, home: Community) -> dict[str, ExpertProfile]:
    """One who shows everything, one who shows nothing, one whose fields each open to another circle."""
    layered = people.person("layered", "Lagoon Layered")
    belongs(layered, home)
    words = {"biography": "circles", "designation": "nobody", "affiliation": "fellows", "tags": "everyone"}
    values = {name: say(f"profile {level}") for name, level in words.items()}
    values["biography"] = f"<p>{values['biography']}</p>"
    values["tags"] = [values["tags"]]
    levels = {
        "biography": Seen.CIRCLES,
        "designation": Seen.NOBODY,
        "affiliation": Seen.MEMBERS,
        "tags": Seen.EVERYONE,
    }
    return {
        "open": experts.published(cast.expert, biography="<p>Lagoon.</p>", seen_by=Seen.EVERYONE),
        "quiet": experts.published(
            cast.quiet_expert, biography=f"<p>{say('profile quiet')}</p>", seen_by=Seen.NOBODY
        ),
        "layered": experts.published(layered, **values, seen_by=levels),
    }


def _knowledge(cast: people.Cast) -> tuple[KnowledgeItem, Part, Holder]:
    """Sealed, with consent for its holders only."""
    steward = people.viewer(cast.steward)
    of = knowledge.holder("Lagoon people", contact=say("contact"))
    knowledge.with_standing(of, cast.holder)
    decides = knowledge.authority(of, cast.holder)
    item = knowledge.item(of, text=say("sealed"))
    consent.record_consent(
        item=item, authority=decides, kind=RecordKind.REFUSED, basis="fpic", method="meeting", clauses=(),
        note=consent.Note(say("note"), "en"), by=steward,
    )  # fmt: skip
    return item, Part.objects.get(item=item, holder=of), of


def _nominations(cast: people.Cast) -> dict[str, Nomination]:
    """One at each stage: written, handed in, before the jury with one of two scores in, decided."""
    award = stage.edition()
    jurors = [stage.juror(award), stage.juror(award, "second-juror")]
    found = {}
    for name, code in (("draft", "KE"), ("handed", "UG"), ("jury", "TZ"), ("decided", "RW")):
        found[name] = _written(award, cast.nominator, name, code)
    for name in ("handed", "jury", "decided"):
        engine.submit(case=found[name].case, by=cast.nominator)
    for name in ("jury", "decided"):
        engine.screen(case=found[name].case, outcome=Outcome.ELIGIBLE, by=cast.secretariat)
    stage.score(found["jury"], jurors[0], reasons={Criterion.CONTENT: say("review first")})
    for juror in jurors:
        stage.score(found["decided"], juror, reasons={Criterion.CONTENT: say("review both")})
    engine.decide(case=found["decided"].case, outcome="gold", note=say("decision"), by=stage.executive())
    return found


def _written(award: Edition, nominator: people.User, name: str, code: str) -> Nomination:
    stage.focal_point(code, nominator)
    draft = awards.start_nomination(edition=award, party=stage.country(code), by=nominator)
    answers = stage.ANSWERS | {Criterion.CONTENT.value: say(f"answers {name}")}
    return awards.save_nomination(nomination=draft, answers=answers, version=draft.version, by=nominator)


def _news() -> Page:
    page = NewsPage(title="Lagoon news", introduction="In short")
    NewsIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    return page
