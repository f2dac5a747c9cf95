"""What live pages do when something happens elsewhere."""

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver

from network.live import actions, hub, pings
from network.outbox.signals import announced_done


@receiver(announced_done)
def hasten(streams: list[str], **kwargs: Any) -> None:
    hub.hasten(streams)
    pings.send(streams)


@receiver(user_logged_out)
def end_sockets_on_sign_out(user: Any, **kwargs: Any) -> None:
    if user is not None and user.pk:
        actions.ask_again(user_id=user.pk)
