"""The deeds of the room ``forums``."""

from communities.forums.actions.answering import accept_answer, take_back_answer, want, want_no_more
from communities.forums.actions.bookmarks import bookmark, drop_bookmark, remind
from communities.forums.actions.claiming import give_imported, take_imported_back
from communities.forums.actions.consulting import (
    add_question,
    assign_thread,
    change_question,
    clarify_question,
    order_questions,
    remove_question,
)
from communities.forums.actions.deleting import delete, sweep_deleted, undelete
from communities.forums.actions.drafts import drop_draft, keep_draft, sweep_drafts
from communities.forums.actions.mailing import ask_author, discard, invite_sender
from communities.forums.actions.moderating import (
    amend,
    approve,
    hide,
    hold_back,
    lock,
    pin,
    restore,
    return_to_author,
    show_again,
    turn_down,
    unlock,
    unpin,
    wait_again,
)
from communities.forums.actions.opening import change_forum, open_forum, version_of
from communities.forums.actions.packing import send_suitcase
from communities.forums.actions.polling import ask, close_poll, vote
from communities.forums.actions.reacting import react, take_reaction_back
from communities.forums.actions.reading import forget_levels, mark_all_read, mark_read, set_level, watch
from communities.forums.actions.rearranging import merge, move, split
from communities.forums.actions.relocating import move_out
from communities.forums.actions.scheduling import (
    appear_now,
    delete_scheduled,
    let_out_due,
    reschedule,
    take_off,
)
from communities.forums.actions.summarising import (
    answer_correction,
    drop_passage,
    own_words,
    pick,
    propose_correction,
    publish_proceedings,
    regroup,
    rests_on,
    show_draft,
    take_draft_back,
    write_section,
)
from communities.forums.actions.tagging import tag, tags_version
from communities.forums.actions.unnamed import Mask, see_author
from communities.forums.actions.uploading import (
    demand_may_choose,
    keep_upload,
    remove_file,
    sweep_uploads,
    uploads_of,
)
from communities.forums.actions.widening import answer, open_wider, propose, take_back
from communities.forums.actions.windows import call_finally, extend, set_window, summarise, window_version
from communities.forums.actions.writing import edit, mend, reply, start_thread

__all__ = [
    "Mask",
    "accept_answer",
    "add_question",
    "amend",
    "answer",
    "answer_correction",
    "appear_now",
    "approve",
    "ask",
    "ask_author",
    "assign_thread",
    "bookmark",
    "call_finally",
    "change_forum",
    "change_question",
    "clarify_question",
    "close_poll",
    "delete",
    "delete_scheduled",
    "demand_may_choose",
    "discard",
    "drop_bookmark",
    "drop_draft",
    "drop_passage",
    "edit",
    "extend",
    "forget_levels",
    "give_imported",
    "hide",
    "hold_back",
    "invite_sender",
    "keep_draft",
    "keep_upload",
    "let_out_due",
    "lock",
    "mark_all_read",
    "mark_read",
    "mend",
    "merge",
    "move",
    "move_out",
    "open_forum",
    "open_wider",
    "order_questions",
    "own_words",
    "pick",
    "pin",
    "propose",
    "propose_correction",
    "publish_proceedings",
    "react",
    "regroup",
    "remind",
    "remove_file",
    "remove_question",
    "reply",
    "reschedule",
    "restore",
    "rests_on",
    "return_to_author",
    "see_author",
    "send_suitcase",
    "set_level",
    "set_window",
    "show_again",
    "show_draft",
    "split",
    "start_thread",
    "summarise",
    "sweep_deleted",
    "sweep_drafts",
    "sweep_uploads",
    "tag",
    "tags_version",
    "take_back",
    "take_back_answer",
    "take_draft_back",
    "take_imported_back",
    "take_off",
    "take_reaction_back",
    "turn_down",
    "undelete",
    "unlock",
    "unpin",
    "uploads_of",
    "version_of",
    "vote",
    "wait_again",
    "want",
    "want_no_more",
    "watch",
    "window_version",
    "write_section",
]
