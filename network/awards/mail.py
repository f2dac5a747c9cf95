"""Wagtail's own workflow mails, kept away from nominations.

They would tell the submitter 'approved' when a step ends, the declined nominee too, and before the
ceremony. Letters about nominations come from ``awards.letters`` alone.
"""

from wagtail.admin import signal_handlers
from wagtail.models import WorkflowState
from wagtail.signals import workflow_approved, workflow_rejected, workflow_submitted

from network.awards.models import Nomination

_STOCK = [
    (workflow_submitted, signal_handlers.workflow_submission_email_notifier,
     "workflow_state_submitted_email_notification"),
    (workflow_rejected, signal_handlers.workflow_rejection_email_notifier,
     "workflow_state_rejected_email_notification"),
    (workflow_approved, signal_handlers.workflow_approval_email_notifier,
     "workflow_state_approved_email_notification"),
]  # fmt: skip
_kept = []


def keep_stock_mail_to_pages() -> None:
    """Put a guard before each stock notifier.

    A signal keeps one receiver for each ``dispatch_uid``: ours takes the place whether Wagtail has connected
    its own already or tries to later.
    """
    for signal, notifier, uid in _STOCK:
        signal.disconnect(sender=WorkflowState, dispatch_uid=uid)
        guarded = _guard(notifier)
        _kept.append(guarded)  # Django holds receivers weakly
        signal.connect(guarded, sender=WorkflowState, dispatch_uid=uid)


def _guard(notifier):
    def send(instance, **kwargs):
        if isinstance(instance.content_object, Nomination):
            return False
        return notifier(instance=instance, **kwargs)

    return send
