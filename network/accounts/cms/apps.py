"""``wagtail.users`` with our own pages about people in it."""

from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(WagtailUsersAppConfig):
    default = False
    user_viewset = "network.accounts.cms.people.PersonViewSet"
    group_viewset = "network.accounts.cms.people.RoleGroupViewSet"
