"""A mail that came in, opened: its row, its head, its words."""

from dataclasses import dataclass
from email.message import Message
from functools import cached_property

from network.accounts.models import User
from network.foundations import richtext
from network.notifications.inbound import letters, raw, trust
from network.notifications.inbound.letters import Letter
from network.notifications.models import IncomingMail


@dataclass(frozen=True)
class Parcel:
    mail: IncomingMail
    message: Message

    @classmethod
    def open(cls, mail: IncomingMail) -> "Parcel":
        """Raises ``raw.Gone`` where it is not kept any more, ``Unreadable`` where it is no mail."""
        return cls(mail, letters.parsed(raw.read(mail.path)))

    @cached_property
    def letter(self) -> Letter:
        """Who wrote what; raises ``Unreadable``."""
        return letter_of(self.message, self.mail)

    @cached_property
    def proof(self) -> trust.Proof:
        return trust.proof_of(self.message, self.mail.sender)

    @property
    def own_words(self) -> str:
        """What its sender wrote herself, as plain text; empty where nothing can be read."""
        try:
            return richtext.to_text(self.letter.wording.html)
        except letters.Unreadable:
            return ""

    def is_from(self, person: User) -> bool:
        """Whether the sender's address is hers: the one she signs in with, or another that she has proved."""
        return owner_of(self.mail.sender) == person

    @property
    def author(self) -> User | None:
        return owner_of(self.mail.sender)


def letter_of(message: Message, mail: IncomingMail) -> Letter:
    return letters.written(message, letters.head_of(message, mail.arrived_at), archived=False)


def owner_of(address: str) -> User | None:
    """Whose address it is; nobody's where the account is suspended or gone."""
    if not address:
        return None
    people = User.objects.filter(is_active=True)
    found = people.filter(email__iexact=address).first()
    if found is not None:
        return found
    return people.filter(emailaddress__email__iexact=address, emailaddress__verified=True).first()
