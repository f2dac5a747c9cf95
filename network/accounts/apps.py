from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "network.accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        # The check of the privacy register, and what follows when libraries ring.
        from network.accounts import checks, merging, receivers  # noqa: F401
        from network.accounts.actions.exports import build_export
        from network.accounts.actions.inviting import send_invitation
        from network.accounts.actions.leaving import erase_account, export_account
        from network.accounts.actions.merging import ASKED, MERGED, UNMERGED, send_news, send_question
        from network.accounts.audience import role_keys
        from network.accounts.demo import printed, seed
        from network.accounts.looking import kinds
        from network.accounts.personal_data import Holding, personal_data
        from network.foundations.demo import chapters, sign_ins
        from network.foundations.navigation import Entry, personal
        from network.foundations.schedules import Timetable, schedules
        from network.foundations.viewer import audience_keys
        from network.outbox import handlers

        personal.register("accounts", Entry(_("Settings"), "accounts:home", icon="settings", order=90))
        audience_keys.register("accounts", role_keys)
        chapters.register("accounts", seed)
        schedules.register("accounts.tidy", Timetable("network.accounts.tasks.tidy", minutes=60))
        sign_ins.register("accounts", printed)
        kinds.register(
            "accounts.list", _("The list of people in the administration, with your address and roles")
        )
        kinds.register("accounts.edit", _("Your account in the administration, with your address and roles"))
        kinds.register("accounts.export", _("A copy of everything that is kept about you"))
        personal_data.register("accounts", Holding(_("Your account"), export_account, erase_account))
        handlers.on("accounts.send_invitation", "accounts.invited", run=send_invitation)
        merging.register()
        handlers.on("accounts.ask_to_merge", ASKED, run=send_question)
        handlers.on("accounts.tell_of_merge", MERGED, run=send_news)
        handlers.on("accounts.tell_of_undoing", UNMERGED, run=send_news)
        handlers.on("accounts.build_export", "accounts.export_requested", run=build_export)
