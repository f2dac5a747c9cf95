"""How much memory it takes to tell very many people of one thing, and to mail some of them.

    python -m tests.load.crowd --people 1000 100000

Each size runs in a process of its own, against databases of its own: so many people, one notice to all of
them in one transaction as a room gives it, then so many mails as ``--mails`` says through the outbox and the
queue to a server that takes everything. Printed is how far the memory of the process grew beyond what it was
with the people's rows written, in megabytes. Not part of the suite, which holds the sizes of the batches
instead (``tests/notifications/test_queue.py``).
"""

import argparse
import os
import resource
import subprocess
import sys
import time

from tests.load.pages import say

BATCH = 1000


def peak() -> float:
    """The most memory that this process ever had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[1000, 100_000])
    parser.add_argument("--mails", type=int, default=2000)
    parser.add_argument("--here", action="store_true", help="measure in this process: one size alone")
    options = parser.parse_args()
    if options.here:
        return _measured(options.people[0], options.mails)
    for number in options.people:
        command = [sys.executable, "-m", "tests.load.crowd", "--here", "--people", str(number)]
        subprocess.run([*command, "--mails", str(options.mails)], check=True)
    return None


def _measured(number: int, mails: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network.settings.test")
    import django

    django.setup()
    from django.conf import settings
    from django.test.utils import setup_test_environment

    from tests.engine import templates

    setup_test_environment()
    settings.CONSENT_MAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    settings.EMAIL_BACKEND = "network.consent.mail.GatedBackend"
    templates.restore()
    try:
        _tell_and_mail(number, mails)
    finally:
        templates.drop()


def _tell_and_mail(number: int, mails: int) -> None:
    from django.db import transaction

    from network.accounts.models import User
    from network.notifications import actions, sending
    from network.notifications.enums import MailState
    from network.notifications.kinds import Kind, Rendered, kinds
    from network.notifications.models import Notification, OutgoingMail
    from network.outbox.actions import work_off

    def render(ids: dict, viewer: object) -> Rendered:
        return Rendered(subject="News", text="A word to everybody.", url="/")

    kinds.register("load.news", Kind("News", render, mail="at_once"))
    for start in range(0, number, BATCH):
        size = min(BATCH, number - start)
        User.objects.bulk_create(
            User(email=f"p{start + n}@load.example", password="!", name="Somebody") for n in range(size)
        )
    everybody = User.objects.filter(email__endswith="@load.example").order_by("pk")
    with transaction.atomic():  # whatever is loaded once is loaded before anything is measured
        actions.notify(kind="load.news", recipients=[everybody[0].pk], ids={})
    work_off()
    sending.send_due()
    before, begun = peak(), time.monotonic()
    with transaction.atomic():
        told = actions.notify(
            kind="load.news", recipients=everybody.values_list("pk", flat=True).iterator(), ids={}
        )
    seconds = time.monotonic() - begun
    say(f"{number:>7,} people told   {peak() - before:6.1f} MB more   {seconds:6.1f} s   ({len(told):,})")
    before, sent = peak(), 0
    while sent < mails and (work_off() or OutgoingMail.objects.due().exists()):
        sent += sending.send_due(500)
        sent = OutgoingMail.objects.filter(state=MailState.SENT).count()
    say(f"{sent:>7,} mails sent    {peak() - before:6.1f} MB more   of {Notification.objects.count():,}")


if __name__ == "__main__":
    main()
