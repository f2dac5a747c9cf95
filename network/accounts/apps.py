from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "network.accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from network.accounts.audience import role_keys
        from network.foundations.viewer import audience_keys

        audience_keys.register("accounts", role_keys)
