"""A room that tells people things, for the tests of how they are told."""

from dataclasses import dataclass, field

from network.notifications.kinds import Kind, MailThread, Rendered


@dataclass
class Desk:
    """What can be told of: an id to a text. Taking one away makes it invisible to everybody."""

    notes: dict[int, str] = field(default_factory=dict)
    asked: int = 0
    post_to: str = ""

    def render(self, ids, viewer):
        return self.render_many([ids], viewer)[0]

    def render_many(self, many, viewer):
        self.asked += 1
        return [self._words(ids["note"], viewer) for ids in many]

    def _words(self, note, viewer):
        if note not in self.notes:
            return None
        text = self.notes[note]
        return Rendered(
            subject=f"{text} in {viewer.language}",
            text=f"Somebody wrote: {text}",
            html=f"<p>Somebody wrote: <strong>{text}</strong></p>",
            url=f"/notes/{note}/",
            thread=MailThread(
                key="note-7", list_id="notes.office", list_name="Office, Notes", post_to=self.post_to
            ),
        )


def kind(desk, **fields):
    return Kind(label="A note", render=desk.render, render_many=desk.render_many, **fields)
