"""A small world in which every address of the network leads somewhere, with marked words in every corner.

``build()`` makes it through the rooms' own deeds; ``tests/alarms/places.py`` says what is asked for in it.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Page

from communities import actions as communities
from communities.enums import Act, Joining, MemberRole, Visibility
from communities.forums import actions as forums
from communities.forums.models import Bookmark, Draft, Forum, Post, PostFile, Thread, Widening
from communities.models import Community, Invitation, JoinRequest, Mandate, Membership, Resource
from communities.moderation import actions as moderation
from communities.moderation.enums import ReportReason
from communities.moderation.models import CannedReason, ModerationLogEntry, ModNote, Move, Report
from home.events import actions as events
from home.events.models import (
    AudienceQuestion,
    Registration,
    Session,
    Speaker,
    Stall,
    StallHour,
    VisitorQuestion,
)
from home.pages.actions import write_entry
from home.pages.models import BlogEntryPage, BlogPage, HomePage, NewsIndexPage, NewsPage
from network.accounts import actions as accounts
from network.accounts.models import Invitation as Asked
from network.accounts.models import PeopleList, PersonalExport, PersonMerge, User
from network.awards import actions as awards
from network.awards.enums import Criterion
from network.awards.models import Edition, Nomination
from network.calls import actions as engine
from network.calls.enums import Outcome
from network.consent import actions as consent
from network.consent.enums import DutyKind, RecordKind, Warning
from network.consent.models import (
    ConsentRequest,
    Duty,
    Flag,
    Holder,
    KnowledgeItem,
    Label,
    Part,
    Proposal,
    RecoveryCode,
)
from network.experts import actions as directory
from network.experts.actions import enter_person, upload_list
from network.experts.enums import Visibility as Seen
from network.experts.models import ExpertProfile, Shortlist
from network.notifications.models import Notification
from network.organizations.models import Alternate, FocalPoint, Organization
from network.outbox import actions as outbox
from network.search import actions as searching
from network.search.models import SavedSearch
from tests import people
from tests.alarms import trust
from tests.awards import stage
from tests.communities.cast import ELSEWHERE, HOME
from tests.communities.factories import belongs, community
from tests.consent import factories as knowledge
from tests.events.factories import fair, session, stall, standing
from tests.experts import factories as experts
from tests.forums.factories import forum, reply, thread
from tests.home.test_events import event
from tests.organizations.factories import alternate, focal_point, organization

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
    note: ModNote
    canned: CannedReason


@dataclass
class World:
    cast: people.Cast
    public: Talk
    members: Talk
    secret: Talk
    asked: JoinRequest
    invitation: Invitation
    mandate: Mandate
    resource: Resource
    widening: Widening
    canned: CannedReason
    warning: ModerationLogEntry
    move: Move
    copy: PersonalExport
    letter: Asked
    two_accounts: PersonMerge
    alike: tuple[int, int]
    listed: User
    roster: PeopleList
    notice: Notification | None
    profiles: dict[str, ExpertProfile]
    organization: Organization
    focal_point: FocalPoint
    alternate: Alternate
    trust: trust.Trust
    item: KnowledgeItem
    note: Part
    holder: Holder
    request: ConsentRequest
    proposal: Proposal
    flag: Flag
    label: Label
    code: RecoveryCode
    duty: Duty
    copied: Part
    entrusted: KnowledgeItem
    nominations: dict[str, Nomination]
    event: Page
    guest: Registration
    asked_at_stall: VisitorQuestion
    talk: StallHour
    claimed: Speaker
    asked_in_session: AudienceQuestion
    page: Page
    entry: BlogEntryPage
    kept: Bookmark
    begun: Draft
    shortlist: Shortlist
    search: SavedSearch


def _listed(cast: people.Cast) -> User:
    """Somebody whom a list has brought in, and who has not answered yet."""
    email = "listed@post.example"
    by = people.viewer(cast.secretariat)
    enter_person(by=by, email=email, name="Listed Person", values={}, list_name="A list")
    return User.objects.get(email=email)


def _roster(cast: people.Cast) -> PeopleList:
    return upload_list(
        viewer=people.viewer(cast.secretariat),
        name=say("list"),
        file_name="list.csv",
        content=f"Name,E-mail\n{say('row')},{marked('row')}@post.example\n".encode(),
    )


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
    mandate = communities.ask_mandate(
        viewer=people.viewer(cast.community_member), community=home, capacity="peoples", named=say("people"),
        until=timezone.localdate() + timedelta(days=90),
    )  # fmt: skip
    resource = communities.add_resource(
        viewer=people.viewer(cast.moderator), community=home, title=say("resource"),
        file=ContentFile(say("document").encode(), name="guide.txt"),
    )  # fmt: skip
    widening = forums.propose(viewer=people.viewer(cast.moderator), community=home, reason=say("widening"))
    profiles = _profiles(cast, home)
    item, note, of = _knowledge(cast)
    label, code, duty = _under_control(cast, item, of)
    request, proposal, flag = _asked_of_holders(cast, item, of)
    office = organization("Lagoon observatory", "KE")
    point = focal_point(people.person("named"), "UG")
    day = event("Lagoon day")
    table = stall(fair("Lagoon fair"), community=home)
    world = World(
        cast=cast,
        letter=accounts.invite(
            by=people.viewer(cast.administrator), email="asked@post.example", language="en"
        ),
        two_accounts=accounts.merge_people(
            viewer=people.viewer(cast.administrator),
            gone=people.person("here-twice"),
            kept=people.person("here-once"),
            reason="One person",
        ),
        alike=(people.person("here-once").pk, people.person("looks-like-her").pk),
        listed=_listed(cast),
        roster=_roster(cast),
        public=public,
        members=members,
        secret=secret,
        asked=asked,
        invitation=invitation,
        mandate=mandate,
        resource=resource,
        widening=widening,
        canned=canned(None),
        warning=_warning(home, cast),
        move=Move.objects.create(by=cast.moderator, verb="approve", at=timezone.now() - timedelta(hours=1)),
        copy=PersonalExport.objects.create(
            person=cast.member, ready_at=timezone.now(), archive=b"zip",
            expires_at=timezone.now() + timedelta(days=1),
        ),
        notice=None,
        profiles=profiles,
        organization=office,
        focal_point=point,
        alternate=alternate(point, people.person("stand-in")),
        trust=trust.build(cast, profiles["open"], office),
        item=item,
        note=note,
        holder=of,
        request=request,
        proposal=proposal,
        flag=flag,
        label=label,
        code=code,
        duty=duty,
        copied=_copied(members.thread, cast.community_member, of),
        entrusted=consent.entrust(
            title="Told in a discussion", text="From the lagoon.", language="en", whose="From its keepers.",
            by=people.viewer(cast.expert),
        ),
        nominations=_nominations(cast),
        event=day,
        guest=(guest := _guest(day, cast)),
        claimed=(claimed := _claimed(day, cast)),
        asked_in_session=_asked_in_session(claimed, guest, cast),
        asked_at_stall=_asked_at_stall(table, cast),
        talk=events.add_hour(
            viewer=people.viewer(cast.moderator), stall=table, kind="talk",
            starts_at=timezone.now() + timedelta(days=3), minutes=20,
        ),
        page=_news(),
        entry=_entry(cast, public),
        kept=forums.bookmark(
            viewer=people.viewer(cast.community_member), post=members.post, note=say("bookmark")
        ),
        begun=forums.keep_draft(
            viewer=people.viewer(cast.community_member), place=members.thread, html=f"<p>{say('draft')}</p>"
        ),
        shortlist=_shortlist(cast),
        search=searching.save(
            viewer=people.viewer(cast.member),
            searchable="people",
            query="country=KE",
            name=say("search"),
            rhythm="daily",
        ),
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
    started = forums.tag(viewer=people.viewer(author), thread=started, names=[say(f"{name} tag")])
    answers = [say(f"{name} yes"), say(f"{name} no")]
    asked = forums.ask(viewer=viewer, thread=started, question=say(f"{name} poll"), options=answers)
    forums.vote(viewer=people.viewer(author), poll=asked, choices=[0])
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
    tags = [["lagoon", say(f"{name} tag")]]
    Thread.objects.filter(pk=started.pk).update(slug="lagoon", tag_line=tags)
    started.tags.update(slug="lagoon")
    # A forum of questions that is open, and was extended.
    now = timezone.now()
    Forum.objects.filter(pk=room.pk).update(
        kind="questions", opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=30)
    )
    forums.extend(
        viewer=viewer, forum=room, closes_at=now + timedelta(days=31), reason=say(f"{name} extension")
    )
    for row in (here, room, started, post, hidden, held):
        row.refresh_from_db()
    note = ModNote.objects.create(community=here, about=newcomer, by=moderator, text="Asked twice.")
    return Talk(here, room, started, post, hidden, held, report, kept, stray, note, canned(here))


def _guest(day: Page, cast: people.Cast) -> Registration:
    """The expert has a place at the event and shows her name to the others."""
    rules = {"shown_to": "participants", "asks_needs": True, "meeting_url": "https://meet.example/lagoon"}
    desk = events.open_desk(viewer=people.viewer(cast.editor), event=day, **rules)
    return events.register(
        viewer=people.viewer(cast.expert), event=day, desk=desk, attendance=day.attendance,
        needs=say("need"), answers=[{"question": "Boots", "answer": say("boots")}], is_listed=True,
    )  # fmt: skip


def _claimed(day: Page, cast: people.Cast) -> Speaker:
    """The facilitator speaks in a session of the event."""
    spoken = session(day, other_speakers="Doris Okello, Somebody Else")
    row = events.claim(here=standing(spoken, cast.facilitator), name="Doris Okello")
    return events.answer_claim(here=standing(spoken, cast.editor), claimed=row, confirm=True)


def _asked_in_session(claimed: Speaker, guest: Registration, cast: people.Cast) -> AudienceQuestion:
    """Traditional knowledge may be shared there: a question without a name waits, another one is shown."""
    spoken = Session.objects.get(key=claimed.session)
    events.set_room(
        here=standing(spoken, cast.editor), version=0, shares_knowledge=True, allows_unnamed=True,
        meeting_url=f"https://meet.example/{marked('session meeting')}",
    )  # fmt: skip
    events.ask_in_room(
        here=standing(spoken, guest.person), text=say("session waiting"), language="en", is_unnamed=True
    )
    asked = events.ask_in_room(here=standing(spoken, guest.person), text=say("session asked"), language="en")
    return events.decide(here=standing(spoken, cast.editor), question=asked, show=True)


def _asked_at_stall(table: Stall, cast: people.Cast) -> VisitorQuestion:
    """The stall of the community has a story, a question that was taken off, and one that is shown."""
    moderator = people.viewer(cast.moderator)
    events.tell_story(
        viewer=moderator, stall=table, story=f"<p>{say('story')}</p>", of_people=True, version=0
    )
    off = events.ask(viewer=people.viewer(cast.member), stall=table, text=say("taken off"))
    events.hide(viewer=moderator, question=off)
    return events.ask(viewer=people.viewer(cast.member), stall=table, text=say("asked"))


def canned(here: Community | None) -> CannedReason:
    """A ready-made reason."""
    made = CannedReason.objects.create(community=here)
    made.texts.create(language="en", title="Advertising", text="We do not advertise here.")
    return made


def _warning(here: Community, cast: people.Cast) -> ModerationLogEntry:
    """A member was warned, and can appeal against that."""
    member = Membership.objects.get(community=here, user=cast.community_member)
    communities.warn(viewer=people.viewer(cast.moderator), membership=member, reason="Be kind.")
    return ModerationLogEntry.objects.get(act=Act.MEMBER_WARNED)


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
    of = knowledge.holder("Lagoon people", contacts=[("office", say("contact"))])
    knowledge.with_standing(of, cast.holder)
    decides = knowledge.authority(of, cast.holder)
    item = knowledge.item(of, text=say("sealed"))
    consent.record_consent(
        item=item, authorities=[decides], kind=RecordKind.REFUSED, basis="fpic", method="meeting", clauses=(),
        note=consent.Note(say("note"), "en"), by=steward,
    )  # fmt: skip
    return item, Part.objects.get(item=item, name="note1"), of


def _under_control(cast: people.Cast, item: KnowledgeItem, of: Holder) -> tuple[Label, RecoveryCode, Duty]:
    """Its holders put a label and a warning on it and gave out a code; for something else they are owed."""
    by = people.viewer(cast.holder)
    label = consent.put_label(item=item, holder=of, family="tk", code="tka", by=by)
    consent.put_warning(item=item, holder=of, warning=Warning.SEASON, by=by)
    code, _plain = consent.give_code(holder=of, keeper=say("keeper"), by=by)
    promised = consent.DutyTerm(DutyKind.REPORT, words=say("duty"))
    record = knowledge.consent(
        knowledge.item(of, title="Of the outer lagoon", text=say("outer")), of, knowledge.clause(),
        particulars=consent.Particulars(duties=(promised,)),
    )  # fmt: skip
    return label, code, record.duties.get()


def _copied(started: Thread, writer: people.User, of: Holder) -> Part:
    """A member writes down what is sealed; her words wait for the holders."""
    words = (
        "The eels of the outer lagoon come in with the third moon, and nobody sets a trap before the fourth."
    )
    sealed = knowledge.item(of, title="On eels", text=words)
    reply(started, writer, f"<p>{words}</p>")
    return Part.objects.copies().get(item=sealed)


def _asked_of_holders(
    cast: people.Cast, item: KnowledgeItem, of: Holder
) -> tuple[ConsentRequest, Proposal, Flag]:
    """An expert asks and is answered, one of two keepers would share, and an expert warns them."""
    expert, holder = people.viewer(cast.expert), people.viewer(cast.holder)
    request = consent.ask(item=item, preset="alone", purpose=say("purpose"), language="en", by=expert)
    consent.write(request=request, text=say("answer"), language="en", by=holder)
    of.quorum = 2
    of.save()
    proposal = consent.give(
        item=item, authorities=list(of.authority_set.all()), basis="fpic", method="here",
        clauses=[knowledge.clause()], particulars=consent.Particulars(),
        note=consent.Note(say("proposed"), "en"), by=holder,
    )  # fmt: skip
    return request, proposal, consent.flag(item=item, text=say("warning"), language="en", by=expert)


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


def _entry(cast: people.Cast, said: Talk) -> BlogEntryPage:
    """In the blog of the expert, who does not write in the forum in which readers answer."""
    blog = BlogPage(
        title="Lagoon notes", introduction="Notes", keeper=cast.expert.expert_profile, forum=said.thread.forum
    )
    HomePage.objects.get(locale__language_code="en").add_child(instance=blog)
    blog.save_revision().publish()
    words = {"title": "Low water", "introduction": "In short", "html": "<p>At six.</p>"}
    return write_entry(viewer=people.viewer(cast.expert), blog=blog, **words)


def _shortlist(cast: people.Cast) -> Shortlist:
    """A member's list of one person, which an outsider may see."""
    viewer = people.viewer(cast.member)
    made = directory.make_shortlist(viewer=viewer, name=say("shortlist"), purpose=say("shortlist purpose"))
    directory.put_on_shortlist(viewer=viewer, shortlist=made, slugs=[cast.expert.expert_profile.slug])
    directory.share_shortlist(viewer=viewer, shortlist=made, email=cast.outsider.email, role="view")
    return made
