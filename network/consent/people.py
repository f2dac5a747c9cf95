"""Two accounts of one person, in the eyes of holders of knowledge."""

from django.utils.translation import gettext as _

from network.accounts.merging import merging, objections
from network.accounts.models import User
from network.consent.models import Authority, Standing
from network.foundations.merging import stay
from network.foundations.viewer import Viewer


def objects(gone: User, kept: User, viewer: Viewer) -> str:
    """Nobody but the person herself carries what holders said of one account over to another."""
    if viewer.user_id == kept.pk:
        return ""
    said = [model.objects.filter(user__in=[gone, kept]) for model in (Standing, Authority)]
    if any(rows.exists() for rows in said):
        return _(
            "One of the two stands in a relation to holders of knowledge: only the person herself merges."
        )
    return ""


def register() -> None:
    objections.register("consent", objects)
    merging.closers.register("consent.Standing", stay)
    merging.closers.register("consent.Flag", stay)
