"""The summary of the demonstration's consultation: picked, written, corrected, published."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from communities.demo import viewer
from communities.forums import actions
from communities.forums.models import Forum, Post, Sentence


def sum_up(forum: Forum, told: dict[str, Any]) -> None:
    keeper = viewer(told["by"])
    for entry in told["passages"]:
        post = Post.objects.get(thread__forum=forum, thread__title=entry["thread"], number=entry["post"])
        actions.pick(viewer=keeper, forum=forum, post=post, numbers=entry["paragraphs"], version=post.version)
    questions = list(forum.guiding_questions.all())
    for part in told["parts"]:
        question = questions[part["question"] - 1] if "question" in part else None
        actions.write_section(viewer=keeper, forum=forum, question=question, text=part["text"], version=0)
        own = Sentence.objects.filter(section__summary__forum=forum, section__question=question)
        own = own.filter(text__in=told["own"])
        if own:
            pks = [row.pk for row in own]
            actions.own_words(viewer=keeper, forum=forum, question=question, sentences=pks, version=1)
    now = timezone.now()
    actions.show_draft(viewer=keeper, forum=forum, at=now - timedelta(days=told["shown_days_ago"]))
    for entry in told["corrections"]:
        sentence = Sentence.objects.get(section__summary__forum=forum, text=entry["said"])
        made = actions.propose_correction(
            viewer=viewer(entry["by"]),
            sentence=sentence,
            proposed=entry["proposed"],
            reason=entry["reason"],
            at=now - timedelta(days=entry["days_ago"]),
        )
        answer = entry["answer"]
        actions.answer_correction(
            viewer=keeper,
            correction=made,
            accepts=answer["accepts"],
            reason=answer["reason"],
            at=now - timedelta(days=answer["days_ago"]),
        )
    actions.publish_proceedings(
        viewer=keeper, forum=forum, at=now - timedelta(days=told["published_days_ago"])
    )
