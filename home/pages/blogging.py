"""What an editor is asked about a blog: whose it is, and where people answer."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from communities.enums import Visibility
from communities.forums.enums import Audience
from communities.forums.models import Forum


class BlogForm(WagtailAdminPageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """What is said below a page that everybody reads stands where everybody reads."""
        super().__init__(*args, **kwargs)
        if "forum" in self.fields:
            open_to_all = Forum.objects.filter(
                community__visibility=Visibility.PUBLIC, audience=Audience.COMMUNITY
            )
            self.fields["forum"].queryset = open_to_all.select_related("community")
            self.fields["forum"].label_from_instance = lambda forum: f"{forum.community}: {forum}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if bool(cleaned.get("keeper")) == bool(cleaned.get("community")):
            self.add_error("keeper", _("Say whose it is: a person's or a community's, one of the two."))
        return cleaned
