"""Every address of the network, and what it is asked for: one line per place worth asking about."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from communities.invitations import token_for
from network.notifications import signing
from tests.alarms.world import COMMON, Talk, World

#: Addresses of libraries, each with a rule of its own in ``test_libraries.py``.
LIBRARIES = ("cms/", "documents/", "accounts/", "_util/")


#: Addresses that only take deeds: these are asked by POST, with nothing in it.
DEEDS = frozenset(
    {
        "accounts:request_copy", "notifications:read", "experts:publish", "experts:hide",
        "countries:end-focal-point", "communities:leave", "communities:withdraw_request",
        "communities:answer", "communities:withdraw_invitation", "communities:close_or_reopen",
        "communities:act_on_member", "forums:watch", "moderation:decide_held", "moderation:decide_report",
    }
)  # fmt: skip


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
        "picture": "/media/images/none.webp",
        "accounts:download_copy": reverse("accounts:download_copy", args=[world.copy.pk]),
        "notifications:follow": reverse("notifications:follow", args=[world.notice.pk]),
        "notifications:unsubscribe": reverse("notifications:unsubscribe", args=[_unsubscribing(world)]),
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
        "countries:detail": reverse("countries:detail", args=["KE"]),
        "countries:focal-points": reverse("countries:focal-points", args=["UG"]),
        "countries:end-focal-point": reverse("countries:end-focal-point", args=["UG", world.focal_point.pk]),
    }
    for label, profile in world.profiles.items():
        found[f"experts:detail {label}"] = profile.get_absolute_url()
        found[f"api:person {label}"] = reverse("api:person", args=[profile.slug])
    for act in ("detail", "edit", "people"):
        found[f"organizations:{act}"] = reverse(f"organizations:{act}", args=[world.organization.slug])
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
        "consent:holder": reverse("consent:holder", args=[world.holder.pk]),
        "consent:lease": f"/knowledge/lease/?t={world.item.pk}:body",
    }


def _award(world: World) -> dict[str, str]:
    slug = world.nominations["draft"].edition.slug
    found = {
        f"awards:{act}": reverse(f"awards:{act}", args=[slug])
        for act in ("edition", "nominate", "desk", "jury", "release")
    }
    for stage, nomination in world.nominations.items():
        for act in ("nomination", "nomination-edit", "screen", "score", "recuse", "excuse", "decide"):
            found[f"awards:{act} {stage}"] = reverse(f"awards:{act}", args=[slug, nomination.case.public_id])
    return found


def _pages(world: World) -> dict[str, str]:
    return {
        "wagtail_serve home": "/",
        "wagtail_serve news": "/news/",
        "wagtail_serve page": world.page.get_url(),
        "wagtail_serve event": world.event.get_url(),
        "wagtail_serve nowhere": "/nowhere/",
        "events:event": reverse("events:event", args=[world.event.slug]),
        "communities:invitation": reverse("communities:invitation", args=[token_for(world.invitation)]),
        "communities:answer": reverse("communities:answer", args=["mangroves", world.asked.pk]),
        "communities:withdraw_invitation": reverse(
            "communities:withdraw_invitation", args=["mangroves", world.invitation.pk]
        ),
        "moderation:everything": reverse("moderation:everything"),
    }


#: Addresses below one community, one forum, one thread, one post.
_COMMUNITY = (
    "communities:community", "communities:members", "communities:join", "communities:leave",
    "communities:membership", "communities:withdraw_request", "communities:invitations",
    "communities:settings", "communities:close_or_reopen", "moderation:queue", "moderation:log",
    "forums:index", "forums:open",
)  # fmt: skip
_FORUM = ("forums:forum", "forums:settings", "forums:start")
_THREAD = ("forums:thread", "forums:reply", "forums:watch", "forums:lock", "forums:pin")
_POST = ("forums:post", "forums:edit", "forums:history", "forums:hide", "moderation:report")


def _talk(label: str, talk: Talk) -> dict[str, str]:
    here, room, thread = talk.community.slug, talk.forum.slug, talk.thread
    found = {
        **{name: reverse(name, args=[here]) for name in _COMMUNITY},
        **{name: reverse(name, args=[here, room]) for name in _FORUM},
        **{name: reverse(name, args=[here, room, thread.pk, thread.slug]) for name in _THREAD},
        "communities:member": reverse("communities:member", args=[here, talk.stray.pk]),
        "communities:act_on_member": reverse(
            "communities:act_on_member", args=[here, talk.stray.pk, "suspend"]
        ),
        # Whoever may not read the thread is not told its true address either.
        "forums:thread guessed": reverse("forums:thread", args=[here, room, thread.pk, "guess"]),
        "forums:file": reverse("forums:file", args=[here, room, thread.pk, thread.slug, talk.file.pk]),
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
    return threads | {
        "thread nowhere": 2**70,
        "inbox": world.cast.facilitator.pk,
        "inbox nowhere": "words",
        "knowledge": world.item.pk,
        "knowledge nowhere": "00000000-0000-0000-0000-000000000000",
    }
