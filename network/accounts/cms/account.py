"""A person's own corner of the Wagtail administration."""

from django.utils.decorators import method_decorator
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views import account


@method_decorator(require_admin_access, name="dispatch")
class AccountView(account.AccountView):
    """A person's choices for the administration; name, address and password are settled at ``/accounts/``."""

    def get_panels(self) -> list:
        elsewhere = (account.NameEmailSettingsPanel, account.AvatarSettingsPanel, account.ChangePasswordPanel)
        return [panel for panel in super().get_panels() if not isinstance(panel, elsewhere)]
