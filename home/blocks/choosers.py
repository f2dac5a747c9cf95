"""How an editor finds people and communities for a page: what has a page of its own, and nothing else."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from communities.models import Community
from network.experts.models import ExpertProfile


class PublishedProfiles:
    def get_object_list(self) -> QuerySet:
        return ExpertProfile.objects.published().order_by("sort_name")


class ChoosePerson(PublishedProfiles, chooser.ChooseView):
    pass


class ChoosePersonResults(PublishedProfiles, chooser.ChooseResultsView):
    pass


class PersonChooserViewSet(ChooserViewSet):
    model = ExpertProfile
    icon = "user"
    choose_one_text = _("Choose a person")
    choose_view_class = ChoosePerson
    choose_results_view_class = ChoosePersonResults
    per_page = 20


class VisibleCommunities:
    """A page is read by many, its editor chooses among what she may see; each reader sees what she may."""

    request: HttpRequest

    def get_object_list(self) -> QuerySet:
        return Community.objects.visible_to(self.request.viewer).order_by("name")


class ChooseCommunity(VisibleCommunities, chooser.ChooseView):
    pass


class ChooseCommunityResults(VisibleCommunities, chooser.ChooseResultsView):
    pass


class CommunityChooserViewSet(ChooserViewSet):
    model = Community
    icon = "group"
    choose_one_text = _("Choose a community")
    choose_view_class = ChooseCommunity
    choose_results_view_class = ChooseCommunityResults
    per_page = 20


person_chooser = PersonChooserViewSet("speaker_chooser", url_prefix="speakers")
community_chooser = CommunityChooserViewSet("community_chooser", url_prefix="communities-to-choose")

_PersonBlock = person_chooser.get_block_class(name="_PersonBlock", module_path="home.blocks.choosers")
_CommunityBlock = community_chooser.get_block_class(
    name="_CommunityBlock", module_path="home.blocks.choosers"
)


class PersonChooserBlock(_PersonBlock):  # type: ignore[valid-type, misc]
    """Somebody with a published profile."""


class CommunityChooserBlock(_CommunityBlock):  # type: ignore[valid-type, misc]
    """A community."""
