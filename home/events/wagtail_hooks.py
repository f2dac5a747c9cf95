"""Choosing a speaker in the Wagtail admin: profiles that have a page, and no others."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from network.experts.models import ExpertProfile


class PublishedProfiles:
    def get_object_list(self) -> QuerySet:
        return ExpertProfile.objects.published().order_by("sort_name")


class ChooseSpeaker(PublishedProfiles, chooser.ChooseView):
    pass


class ChooseSpeakerResults(PublishedProfiles, chooser.ChooseResultsView):
    pass


class SpeakerChooserViewSet(ChooserViewSet):
    model = ExpertProfile
    icon = "user"
    choose_one_text = _("Choose a speaker")
    choose_view_class = ChooseSpeaker
    choose_results_view_class = ChooseSpeakerResults
    per_page = 20


@hooks.register("register_admin_viewset")
def register_speaker_chooser() -> SpeakerChooserViewSet:
    return SpeakerChooserViewSet("speaker_chooser", url_prefix="speakers")
