"""Links and documents that those who look after a community keep at hand."""

from django.core.files import File
from django.db.models import Max
from django.utils import timezone

from communities import policies
from communities.actions.common import demand, locked, record
from communities.enums import Act
from communities.models import Community, Resource
from network.foundations.deeds import deed
from network.foundations.viewer import Viewer


@deed
def add_resource(
    *,
    viewer: Viewer,
    community: Community,
    title: str,
    description: str = "",
    url: str = "",
    file: File | None = None,
) -> Resource:
    """Add a link or a document (looked into already) at the end of the list."""
    community = locked(community)
    demand(policies.can_keep(viewer, community))
    last = community.resources.aggregate(last=Max("position"))["last"]
    resource = Resource(
        community=community,
        title=title,
        description=description,
        url=url,
        position=0 if last is None else last + 1,
        added_by=viewer.user,
    )
    if file:
        resource.size = file.size or 0
        resource.file.save(file.name, file, save=False)
    resource.save()
    record(Act.RESOURCE_ADDED, community, viewer, ("resource", resource.pk))
    return resource


@deed
def remove_resource(*, viewer: Viewer, resource: Resource) -> None:
    """Take it off the list; its row says that it was there."""
    community = locked(resource.community)
    demand(policies.can_keep(viewer, community))
    if Resource.objects.kept().filter(pk=resource.pk).update(removed_at=timezone.now()):
        record(Act.RESOURCE_REMOVED, community, viewer, ("resource", resource.pk))
