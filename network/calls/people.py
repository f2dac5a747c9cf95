"""Two accounts of one person, in a procedure."""

from django.db.models import Q
from django.utils.translation import gettext as _

from network.accounts.merging import merging, objections
from network.accounts.models import User
from network.calls.models import Call, Case, Event, PanelMember
from network.foundations.merging import stay
from network.foundations.viewer import Viewer


def objects(gone: User, kept: User, viewer: Viewer) -> str:
    """Whoever has two parts in a call that is not over keeps its record waiting: first the results."""
    both = [gone.pk, kept.pk]
    running = Call.objects.filter(opened_at__isnull=False, released_at=None)
    seats = PanelMember.objects.filter(call__in=running, person__in=both)
    for call, judge in seats.values_list("call", "person"):
        other = kept if judge == gone.pk else gone
        cases = Case.objects.filter(Q(nominator=other) | Q(entered_by=other), call=call)
        seated = PanelMember.objects.filter(call=call, person=other)
        if (
            cases.exists()
            or seated.exists()
            or Event.objects.filter(call=call, actor=other.actor_id).exists()
        ):
            return _("Both accounts have a part in a call, one of them on the jury. Wait for its results.")
    return ""


def register() -> None:
    objections.register("calls", objects)
    merging.closers.register("calls.PanelMember", stay)
    merging.closers.register("calls.Conflict", stay)
