"""The kinds of notices that forums send: how each is called, counted and put into words."""

from datetime import timedelta

from django.utils.translation import gettext_lazy, ngettext

from communities.forums.notices import summaries, words
from network.notifications.enums import Family, Timing
from network.notifications.kinds import Kind, kinds

#: So long an author may mend a slip, or a moderator hide a post, before it stands in anybody's mailbox.
EMBARGO = timedelta(seconds=60)


def register() -> None:
    for name, label, family, counted, render in (
        ("mention", gettext_lazy("Somebody names me in a post"), Family.MENTION, _mentions, words.mentions),
        ("reply", gettext_lazy("Replies in threads that I began"), Family.REPLY, _replies, words.new_post),
        ("watched", gettext_lazy("Posts where I watch"), Family.WATCHED, _replies, words.new_post),
        ("thread", gettext_lazy("New threads where I watch"), Family.NEWS, _threads, words.new_post),
    ):
        rules = {"family": family, "counted": counted, "listed": True, "embargo": EMBARGO}
        kinds.register(f"forums.{name}", Kind(label, render_many=render, **rules))
    kinds.register(
        "forums.post",
        Kind(
            gettext_lazy("Every post, of communities that I chose so"),
            render_many=words.new_post,
            family=Family.WATCHED,
            mail=Timing.AT_ONCE,
            in_inbox=False,
            counted=_replies,
            listed=True,
            embargo=EMBARGO,
        ),
    )
    for name, label, family, render_one in (
        ("reminder", gettext_lazy("Posts that I wanted to be reminded of"), Family.EVENT, words.reminder),
        ("extended", gettext_lazy("A forum stays open longer"), Family.EVENT, words.extended),
        ("final_call", gettext_lazy("A forum closes soon"), Family.EVENT, words.final_call),
        ("approved", gettext_lazy("A post of mine went out"), Family.MODERATION, words.approved),
        ("hidden", gettext_lazy("A post of mine was hidden"), Family.MODERATION, words.hidden),
        ("turned_down", gettext_lazy("A post of mine was turned down"), Family.MODERATION, words.down),
        (
            "returned",
            gettext_lazy("A post of mine was returned to me"),
            Family.MODERATION,
            words.returned,
        ),
        ("amended", gettext_lazy("A moderator edited a post of mine"), Family.MODERATION, words.amended),
        (
            "widening",
            gettext_lazy("Whether more people may read what I wrote"),
            Family.MODERATION,
            words.widening,
        ),
        (
            "draft_summary",
            gettext_lazy("The draft of a summary quotes me"),
            Family.EVENT,
            summaries.draft,
        ),
        (
            "proceedings",
            gettext_lazy("Proceedings that quote me are out"),
            Family.EVENT,
            summaries.proceedings,
        ),
        (
            "correction",
            gettext_lazy("Corrections of summaries that wait for me"),
            Family.MODERATION,
            summaries.correction,
        ),
        (
            "correction_answered",
            gettext_lazy("Answers to my corrections"),
            Family.EVENT,
            summaries.correction_answer,
        ),
    ):
        kinds.register(f"forums.{name}", Kind(label, render_one, family=family))

    kinds.register(
        "forums.suitcase",
        Kind(
            gettext_lazy("Forums that I sent to myself"),
            words.suitcase,
            mail=Timing.AT_ONCE,
            urgent=True,
            in_inbox=False,
        ),
    )


def _mentions(number: int) -> str:
    return ngettext("%(n)d mention", "%(n)d mentions", number) % {"n": number}


def _replies(number: int) -> str:
    return ngettext("%(n)d reply", "%(n)d replies", number) % {"n": number}


def _threads(number: int) -> str:
    return ngettext("%(n)d new thread", "%(n)d new threads", number) % {"n": number}
