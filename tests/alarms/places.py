"""Every address of the network, and what it is asked for: one line per place worth asking about."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from communities.invitations import token_for
from home.events.models import AudienceQuestion, Session, Speaker, StallHour, VisitorQuestion
from home.pages.models import BlogEntryPage
from network.accounts import invitations, merge_links
from network.experts.importing import letters
from network.notifications import signing
from network.search import signing as stopping
from tests.alarms import trust
from tests.alarms.world import COMMON, Talk, World

#: Addresses of libraries, each with a rule of its own in ``test_libraries.py``.
LIBRARIES = ("cms/", "documents/", "accounts/", "_util/")


#: Addresses that only take deeds: these are asked by POST, with nothing in it.
DEEDS = frozenset(
    {
        "accounts:request_copy", "accounts:revoke_program", "accounts:end_session",
        "accounts:withdraw_invitation", "accounts:undo_merge", "awards:keep-draft", "awards:look",
        "experts:doubles_apart", "experts:people_list_start",
        "experts:people_list_forget", "notifications:read", "experts:publish", "experts:hide",
        "countries:end-focal-point", "countries:name-alternate", "countries:accept-alternate",
        "countries:end-alternate", "communities:leave", "communities:withdraw_request",
        "communities:answer", "communities:withdraw_invitation", "communities:close_or_reopen",
        "communities:act_on_member", "forums:watch", "forums:vote", "forums:close_poll",
        "moderation:decide_held", "moderation:decide_report", "moderation:decide_many",
        "moderation:undo", "moderation:look", "moderation:away", "moderation:remove_note",
        "communities:answer_mandate", "communities:end_mandate", "communities:remove_resource",
        "forums:decide_widening", "forums:accept", "forums:want",
        "forums:reply_draft", "forums:start_draft", "kept:remove",
        "forums:reply_files", "forums:start_files", "forums:remove_file",
        "kept:delete_draft",
        "forums:watch_forum", "forums:watch_community", "forums:watch_tag", "communities:remind",
        "reading:mark_read", "notifications:retry_incoming",
        "forums:arrange_question", "forums:show_draft", "forums:take_draft_back", "forums:publish",
        "forums:own_words", "experts:shortlist_put", "experts:shortlist_share",
        "experts:shortlist_unshare", "experts:shortlist_note", "experts:shortlist_take_off",
        "search:delete",
        "events:close_desk", "events:give_back", "events:take_place", "events:ask_stall",
        "events:renew_stall", "events:drop_hour", "events:book_talk", "events:free_talk",
        "events:hide_question", "blogs:take_back", "blogs:discuss", "events:ask_session",
        "events:end_session", "events:act_on_question", "events:answer_claim", "events:take_certificate",
        "events:go",
        "experts:forget_history", "experts:bring_back", "experts:keep_draft", "experts:drop_draft",
        "experts:keep_publications", "experts:keep_card", "experts:block", "experts:unblock",
        "experts:report_message", "experts:decide_report",
    }
) | trust.DEEDS  # fmt: skip


@dataclass(frozen=True)
class Address:
    """A pattern of the URL configuration."""

    name: str
    route: str
    view: Any

    @property
    def is_ours(self) -> bool:
        """Not a page of Wagtail or django-allauth."""
        return not self.route.startswith(LIBRARIES) or self.name.startswith("accounts:")


@cache
def addresses() -> tuple[Address, ...]:
    return tuple(_walk(get_resolver()))


def _walk(resolver: URLResolver, route: str = "", namespace: str = "") -> Iterator[Address]:
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern).lstrip("^")
        if isinstance(entry, URLPattern):
            yield Address(f"{namespace}{entry.name}" if entry.name else f"/{here}", here, entry.callback)
        else:
            inside = f"{entry.namespace}:" if entry.namespace else ""
            yield from _walk(entry, here, namespace + inside)


def places(world: World) -> dict[str, str]:
    """``name`` or ``name label`` to a path. An address without parts that is not named here stands alone."""
    found = {
        key: path
        for part in (_machines, _people, _knowledge, _award, _pages)
        for key, path in part(world).items()
    }
    for label in ("public", "members", "secret"):
        found |= _talk(label, getattr(world, label))
    named = {key.split()[0] for key in found}
    alone = {address.name: address for address in addresses() if address.is_ours}
    for name, address in alone.items():
        if name not in named and "<" not in address.route and "(" not in address.route:
            found[name] = f"/{address.route}"
    return found


def _machines(world: World) -> dict[str, str]:
    follow = {
        f"live:poll {label}": f"/live/?follow=thread:{getattr(world, label).thread.pk}&after=0"
        for label in ("public", "members", "secret")
    }
    return follow | {
        "live:poll inbox": f"/live/?follow=inbox:{world.cast.facilitator.pk}&after=0",
        "/api/": "/api/v2/",
        "api:item": reverse("api:item", args=[world.item.pk]),
        "api:terms": reverse("api:terms", args=["subject"]),
        "api:term": reverse("api:term", args=["country", "KE"]),
        "api:organization": reverse("api:organization", args=[world.organization.slug]),
        "api:focal_points": reverse("api:focal_points") + "?country=UG",
        "api:search": reverse("api:search") + f"?q={COMMON}",
        "api:people": reverse("api:people"),
        "api:people searched": reverse("api:people") + f"?q={COMMON}",
        "search:search": f"/search/?q={COMMON}",
        "search:save": "/search/saved/new/?of=people&country=KE&region=africa",
        "search:change": reverse("search:change", args=[world.search.pk]),
        "search:delete": reverse("search:delete", args=[10**9]),
        "search:stop": reverse("search:stop", args=[stopping.sign(world.search.pk)]),
        "picture": "/media/images/none.webp",
        "knowledge_media": "/k/00000000-0000-4000-8000-000000000000/",
        "accounts:download_copy": reverse("accounts:download_copy", args=[world.copy.pk]),
        "accounts:revoke_program": reverse("accounts:revoke_program", args=[10**9]),
        "accounts:end_session": reverse("accounts:end_session", args=[10**9]),
        "accounts:merge_confirm": reverse("accounts:merge_confirm", args=["x"]),
        "accounts:merged": urlsplit(merge_links.to_tell(world.two_accounts)).path,
        "accounts:undo_merge": reverse("accounts:undo_merge", args=[world.two_accounts.pk]),
        "experts:double": reverse("experts:double", args=list(world.alike)),
        "experts:doubles_apart": reverse("experts:doubles_apart", args=list(world.alike)),
        "accounts:invitation": urlsplit(invitations.link_to(world.letter)).path,
        "accounts:withdraw_invitation": reverse("accounts:withdraw_invitation", args=[world.letter.pk]),
        "notifications:follow": reverse("notifications:follow", args=[world.notice.pk]),
        "notifications:place": reverse(
            "notifications:place", args=[f"community:{world.secret.community.pk}"]
        ),
        "notifications:unsubscribe": reverse("notifications:unsubscribe", args=[_unsubscribing(world)]),
        "notifications:confirm": reverse("notifications:confirm", args=["none"]),
        "notifications:retry_incoming": reverse("notifications:retry_incoming", args=[10**9]),
    }


def _unsubscribing(world: World) -> str:
    return signing.sign(signing.Unsubscribing(world.cast.facilitator.pk, "forums.reply"))


def _people(world: World) -> dict[str, str]:
    found = {
        "experts:directory": "/experts/",
        "experts:directory searched": f"/experts/?q={COMMON}",
        "experts:preview": reverse("experts:preview", args=["fellow"]),
        "experts:edit": reverse("experts:edit", args=["about"]),
        "experts:photo": reverse("experts:photo", args=["none", 96]),
        "experts:from_list": reverse("experts:from_list", args=[letters.token_for(world.listed)]),
        **{
            f"experts:{act}": reverse(f"experts:{act}", args=[world.roster.pk])
            for act in ("people_list", "people_list_start", "people_list_forget", "people_list_rejected")
        },
        "experts:directory looked at": "/experts/?view=map&country=KE&country=FJ&active=year",
        "experts:export": "/experts/export/?country=KE",
        "experts:export_file": reverse("experts:export_file", args=[10**9]),
        **_shortlist(world),
        "experts:bring_back": reverse("experts:bring_back", args=[10**9]),
        "experts:keep_draft": reverse("experts:keep_draft", args=["about"]),
        "experts:drop_draft": reverse("experts:drop_draft", args=["about"]),
        "experts:paper": reverse("experts:paper", args=["cv"]),
        "experts:message": reverse("experts:message", args=[10**9]),
        "experts:block": reverse("experts:block", args=[10**9]),
        "experts:unblock": reverse("experts:unblock", args=[10**9]),
        "experts:report_message": reverse("experts:report_message", args=[10**9]),
        "experts:decide_report": reverse("experts:decide_report", args=[10**9]),
        "countries:detail": reverse("countries:detail", args=["KE"]),
        "countries:focal-points": reverse("countries:focal-points", args=["UG"]),
        "countries:end-focal-point": reverse("countries:end-focal-point", args=["UG", world.focal_point.pk]),
        "countries:alternates": reverse("countries:alternates"),
        "countries:name-alternate": reverse("countries:name-alternate", args=["UG", world.focal_point.pk]),
        "countries:accept-alternate": reverse("countries:accept-alternate", args=[world.alternate.pk]),
        "countries:end-alternate": reverse("countries:end-alternate", args=[world.alternate.pk]),
    }
    for label, profile in world.profiles.items():
        found[f"experts:detail {label}"] = profile.get_absolute_url()
        found[f"experts:write {label}"] = reverse("experts:write", args=[profile.slug])
        found[f"experts:bibtex {label}"] = reverse("experts:bibtex", args=[profile.slug])
        found[f"api:person {label}"] = reverse("api:person", args=[profile.slug])
    for act in ("detail", "edit", "people"):
        found[f"organizations:{act}"] = reverse(f"organizations:{act}", args=[world.organization.slug])
    return found | trust.places(world.trust, world.organization)


def _shortlist(world: World) -> dict[str, str]:
    key, entry = world.shortlist.key, world.shortlist.entries.get()
    found = {"experts:shortlist": world.shortlist.get_absolute_url()}
    for act in ("edit", "delete", "share"):
        found[f"experts:shortlist_{act}"] = reverse(f"experts:shortlist_{act}", args=[key])
    found["experts:shortlist_note"] = reverse("experts:shortlist_note", args=[key, entry.pk])
    for act in ("unshare", "take_off"):
        found[f"experts:shortlist_{act}"] = reverse(f"experts:shortlist_{act}", args=[key, 10**9])
    return found


def _knowledge(world: World) -> dict[str, str]:
    item = world.item.pk
    return {
        "consent:item": reverse("consent:item", args=[item]),
        "consent:seal": reverse("consent:seal", args=[item]),
        "consent:erase": reverse("consent:erase", args=[item]),
        "consent:answer": reverse("consent:answer", args=[item, "refused"]),
        "consent:stop": reverse("consent:stop", args=[item, world.holder.pk]),
        "consent:erase_note": reverse("consent:erase_note", args=[item, world.note.pk]),
        "consent:about": reverse("consent:about", args=[item]),
        "consent:ask": reverse("consent:ask", args=[item]),
        "consent:warn": reverse("consent:warn", args=[item]),
        "consent:settle_copy": reverse("consent:settle_copy", args=[world.copied.pk]),
        "consent:name_holders": reverse("consent:name_holders", args=[world.entrusted.pk]),
        "consent:settle": reverse("consent:settle", args=[item, world.flag.pk]),
        "consent:proposal": world.proposal.get_absolute_url(),
        "consent:decline": reverse("consent:decline", args=[item, world.proposal.pk]),
        "consent:request": world.request.get_absolute_url(),
        "consent:refuse": reverse("consent:refuse", args=[world.request.pk]),
        "consent:deliberate": reverse("consent:deliberate", args=[world.request.pk]),
        "consent:take_back": reverse("consent:take_back", args=[world.request.pk]),
        "consent:holder": reverse("consent:holder", args=[world.holder.pk]),
        **_of_holders(world),
        **_of_control(world),
        "consent:lease": f"/knowledge/lease/?t={world.item.pk}:body",
    }


def _of_holders(world: World) -> dict[str, str]:
    of = world.holder
    standing, authority = of.standing_set.first(), of.authority_set.first()
    return {
        "consent:edit_holder": reverse("consent:edit_holder", args=[of.pk]),
        "consent:protocol": reverse("consent:protocol", args=[of.pk]),
        "consent:give_code": reverse("consent:give_code", args=[of.pk]),
        "consent:revoke_code": reverse("consent:revoke_code", args=[of.pk, world.code.pk]),
        "consent:circles": reverse("consent:circles", args=[of.pk, standing.pk]),
        "consent:end_standing": reverse("consent:end_standing", args=[of.pk, standing.pk]),
        "consent:end_authority": reverse("consent:end_authority", args=[of.pk, authority.pk]),
    }


def _of_control(world: World) -> dict[str, str]:
    item, of = world.item.pk, world.holder.pk
    found = {
        f"consent:{act}": reverse(f"consent:{act}", args=[item])
        for act in ("received", "received_table", "return")
    }
    found |= {
        f"consent:{act}": reverse(f"consent:{act}", args=[item, of])
        for act in ("pause", "keep", "put_label", "put_warning")
    }
    return found | {
        "consent:take_label": reverse("consent:take_label", args=[item, world.label.pk]),
        "consent:take_warning": reverse("consent:take_warning", args=[item, of, "season"]),
        "consent:deliver": reverse("consent:deliver", args=[world.duty.pk]),
    }


_NOMINATION = (
    "nomination", "nomination-edit", "screen", "score", "recuse", "excuse", "decide", "endorse", "supporters",
    "keep-draft", "answers-sheet", "answers-offline", "rescore", "discuss", "facts", "feedback", "letter-pdf",
    "appeal", "look", "tell-early", "leave",
)  # fmt: skip


def _award(world: World) -> dict[str, str]:
    slug = world.nominations["draft"].edition.slug
    found = {
        f"awards:{act}": reverse(f"awards:{act}", args=[slug])
        for act in (
            "edition",
            "nominate",
            "desk",
            "jury",
            "release",
            "meeting",
            "letter",
            "extend",
            "grant",
            "amend",
            "record",
            "questions",
            "dossier",
            "scores-sheet",
            "scores-offline",
        )
    }
    unknown = "AAAA-BBBB-CCCC"
    found |= {
        "awards:mend": reverse("awards:mend", args=[slug, 1]),
        "awards:certificate": reverse("awards:certificate", args=[unknown]),
        "awards:certificate-pdf": reverse("awards:certificate-pdf", args=[unknown]),
        "awards:early": reverse("awards:early", args=["1:forged"]),
        "awards:endorse-by-link": reverse("awards:endorse-by-link", args=["1:forged"]),
    }
    for stage, nomination in world.nominations.items():
        for act in _NOMINATION:
            found[f"awards:{act} {stage}"] = reverse(f"awards:{act}", args=[slug, nomination.case.public_id])
    return found


def _stall(asked: VisitorQuestion, talk: StallHour) -> dict[str, str]:
    at = [asked.stall.fair.slug, asked.stall.pk]
    whole = ("stall", "ask_stall", "stall_story", "renew_stall", "stall_hours")
    found = dict.fromkeys(whole, at)
    found |= {name: [*at, talk.pk] for name in ("drop_hour", "book_talk", "free_talk")}
    found |= {name: [*at, asked.pk] for name in ("answer_visitor", "hide_question")}
    return {f"events:{name}": reverse(f"events:{name}", args=args) for name, args in found.items()}


def _blog(entry: BlogEntryPage) -> dict[str, str]:
    blog, author, at = [entry.blog.slug], [entry.author.slug], [entry.blog.slug, entry.slug]
    found: dict[str, list[str]] = {
        **dict.fromkeys(("blog_atom", "blog_json", "write"), blog),
        **dict.fromkeys(("author", "author_atom", "author_json"), author),
        "edit": at,
        "take_back": at,
        "discuss": at,
    }
    ways = {f"blogs:{name}": reverse(f"blogs:{name}", args=args) for name, args in found.items()}
    return {"wagtail_serve blog": entry.blog.get_url(), "wagtail_serve entry": entry.get_url(), **ways}


def _session(claimed: Speaker, asked: AudienceQuestion) -> dict[str, str]:
    spoken = Session.objects.select_related("event").get(key=claimed.session)
    at = [spoken.event.slug, spoken.key]
    whole = (
        "session", "ask_session", "session_settings", "end_session", "move_session", "claim_session",
        "review_session", "go",
    )  # fmt: skip
    found: dict[str, list] = dict.fromkeys(whole, at)
    found |= {
        "answer_claim": [*at, claimed.pk, "decline"],
        "answer_audience": [*at, asked.pk],
        "act_on_question": [*at, asked.pk, "vote"],
    }
    found |= dict.fromkeys(("agenda", "my_agenda", "agenda_calendar", "my_calendar"), at[:1])
    return {f"events:{name}": reverse(f"events:{name}", args=args) for name, args in found.items()}


def _pages(world: World) -> dict[str, str]:
    return {
        "wagtail_serve home": "/",
        "wagtail_serve news": "/news/",
        "wagtail_serve page": world.page.get_url(),
        "wagtail_serve event": world.event.get_url(),
        "wagtail_serve nowhere": "/nowhere/",
        **{
            f"events:{name}": reverse(f"events:{name}", args=[world.event.slug])
            for name in (
                "event",
                "place",
                "change_place",
                "take_place",
                "give_back",
                "participants",
                "desk",
                "desk_settings",
                "close_desk",
                "desk_sheet",
                "desk_table",
            )
        },
        **_blog(world.entry),
        **_stall(world.asked_at_stall, world.talk),
        "events:take_certificate": reverse("events:take_certificate", args=[world.event.slug]),
        "events:certificate": reverse("events:certificate", args=["AAAA-BBBB-CCCC"]),
        "events:certificate_file": reverse("events:certificate_file", args=["AAAA-BBBB-CCCC"]),
        **_session(world.claimed, world.asked_in_session),
        "events:act_at_desk": reverse(
            "events:act_at_desk", args=[world.event.slug, world.guest.pk, "decline"]
        ),
        "communities:invitation": reverse("communities:invitation", args=[token_for(world.invitation)]),
        "communities:answer": reverse("communities:answer", args=["mangroves", world.asked.pk]),
        "communities:withdraw_invitation": reverse(
            "communities:withdraw_invitation", args=["mangroves", world.invitation.pk]
        ),
        "communities:remind": reverse("communities:remind", args=["mangroves", world.invitation.pk]),
        "communities:answer_mandate": reverse("communities:answer_mandate", args=[world.mandate.pk]),
        "communities:end_mandate": reverse("communities:end_mandate", args=["mangroves", world.mandate.pk]),
        "communities:document": reverse("communities:document", args=["mangroves", world.resource.pk]),
        "communities:remove_resource": reverse(
            "communities:remove_resource", args=["mangroves", world.resource.pk]
        ),
        "forums:widening": reverse("forums:widening", args=["mangroves", world.widening.pk]),
        "forums:decide_widening": reverse("forums:decide_widening", args=["mangroves", world.widening.pk]),
        "kept:remove": reverse("kept:remove", args=[world.kept.pk]),
        "kept:delete_draft": reverse("kept:delete_draft", args=[world.begun.pk]),
        "moderation:everything": reverse("moderation:everything"),
        "moderation:site_reason": reverse("moderation:site_reason", args=[world.canned.pk]),
        "moderation:appeal": reverse("moderation:appeal", args=[world.warning.pk]),
        "moderation:undo": reverse("moderation:undo", args=[world.move.pk]),
    }


#: Addresses below one community, one forum, one thread, one post.
_COMMUNITY = (
    "communities:community", "communities:members", "communities:join", "communities:leave",
    "communities:membership", "communities:withdraw_request", "communities:invitations",
    "communities:settings", "communities:close_or_reopen", "moderation:queue", "moderation:log",
    "moderation:rules", "moderation:reasons", "moderation:workload",
    "communities:countries", "communities:speakers", "communities:nominate", "communities:entrance",
    "communities:mandates", "communities:resources", "forums:audience", "forums:index", "forums:open",
    "forums:community_atom", "forums:community_json", "forums:export",
    "forums:tags",
    "forums:voices", "forums:health", "forums:health_table", "forums:watch_community",
    "communities:invite_many",
)  # fmt: skip
_FORUM = (
    "forums:forum",
    "forums:settings",
    "forums:start",
    "forums:start_draft",
    "forums:start_files",
    "forums:by_mail",
    "forums:scheduled",
    "forums:forum_mentions",
    "forums:watch_forum",
    "forums:forum_atom",
    "forums:forum_json",
    "forums:window",
    "forums:extend",
    "forums:summary",
    "forums:calendar",
    "forums:suitcase",
    "forums:suitcase_text",
    "forums:questions",
    "forums:contributions",
    "forums:workbench",
    "forums:summary_text",
    "forums:show_draft",
    "forums:take_draft_back",
    "forums:publish",
    "forums:draft",
    "forums:proceedings",
    "forums:proceedings_docx",
    "forums:proceedings_pdf",
)
#: What stands below a consultation under a number; the forums of this world are none.
_CONSULTATION = (
    "forums:question",
    "forums:arrange_question",
    "forums:passage",
    "forums:section",
    "forums:own_words",
    "forums:correction",
    "forums:correct",
)
_THREAD = (
    "forums:thread",
    "forums:reply",
    "forums:reply_draft",
    "forums:watch",
    "forums:lock",
    "forums:pin",
    "forums:want",
    "forums:move",
    "forums:tag_thread",
    "forums:sheet",
    "forums:share",
    "forums:reply_files",
    "forums:contents",
    "forums:mentions",
    "forums:schedule",
    "forums:ask",
    "forums:split",
    "forums:merge",
    "forums:assign",
    "forums:participants",
    "forums:thread_atom",
    "forums:thread_json",
)
_POST = (
    "forums:post",
    "forums:edit",
    "forums:history",
    "forums:mail",
    "forums:hide",
    "forums:delete",
    "forums:author",
    "forums:amend",
    "forums:accept",
    "forums:reactions",
    "forums:bookmark",
    "moderation:report",
    "moderation:claim",
)


def _talk(label: str, talk: Talk) -> dict[str, str]:
    here, room, thread = talk.community.slug, talk.forum.slug, talk.thread
    found = {
        **{name: reverse(name, args=[here]) for name in _COMMUNITY},
        **{name: reverse(name, args=[here, room]) for name in _FORUM},
        **{name: reverse(name, args=[here, room, 1]) for name in _CONSULTATION},
        "forums:pick": reverse("forums:pick", args=[here, room, thread.pk, 1]),
        **{name: reverse(name, args=[here, room, thread.pk, thread.slug]) for name in _THREAD},
        "communities:member": reverse("communities:member", args=[here, talk.stray.pk]),
        "communities:act_on_member": reverse(
            "communities:act_on_member", args=[here, talk.stray.pk, "suspend"]
        ),
        # Whoever may not read the thread is not told its true address either.
        "forums:thread guessed": reverse("forums:thread", args=[here, room, thread.pk, "guess"]),
        **{
            name: reverse(name, args=[here, thread.tag_line[0][0]])
            for name in ("forums:tag", "forums:tag_atom", "forums:tag_json", "forums:watch_tag")
        },
        **{
            name: reverse(name, args=[here, room, thread.pk, thread.slug, talk.file.pk])
            for name in ("forums:file", "forums:remove_file")
        },
        **{
            name: reverse(name, args=[here, room, thread.pk, thread.slug, 1])
            for name in ("forums:poll", "forums:vote", "forums:close_poll")
        },
        "forums:mend": reverse("forums:mend", args=[here, room, thread.pk, thread.slug, talk.held.pk]),
        "moderation:record": reverse("moderation:record", args=[here, talk.stray.pk]),
        "moderation:remove_note": reverse("moderation:remove_note", args=[here, talk.stray.pk, talk.note.pk]),
        "moderation:reason": reverse("moderation:reason", args=[here, talk.canned.pk]),
        "moderation:decide": reverse("moderation:decide", args=["held", talk.held.pk]),
        "moderation:decide_held": reverse("moderation:decide_held", args=[talk.held.pk]),
        "moderation:decide_report": reverse("moderation:decide_report", args=[talk.report.pk]),
    }
    found = {" ".join((name.split()[0], label, *name.split()[1:])): path for name, path in found.items()}
    for name in _POST:
        for which, post in (("post", talk.post), ("hidden", talk.hidden)):
            number = [here, room, thread.pk, thread.slug, post.number]
            found[f"{name} {label}-{which}"] = reverse(name, args=number)
    return found


def live_streams(world: World) -> dict[str, object]:
    """``prefix`` and a label to a key of each kind of live stream."""
    threads = {
        f"thread {label}": getattr(world, label).thread.pk for label in ("public", "members", "secret")
    }
    desks = {
        f"community {label}": getattr(world, label).community.pk for label in ("public", "members", "secret")
    }
    return {
        **threads,
        **desks,
        "community nowhere": 2**70,
        "thread nowhere": 2**70,
        "inbox": world.cast.facilitator.pk,
        "inbox nowhere": "words",
        "session": world.asked_in_session.room_id,
        "session nowhere": 2**70,
        "knowledge": world.item.pk,
        "knowledge nowhere": "00000000-0000-0000-0000-000000000000",
    }
