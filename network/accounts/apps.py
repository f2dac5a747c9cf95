from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "network.accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from network.accounts.audience import role_keys
        from network.accounts.demo import seed
        from network.foundations.demo import chapters
        from network.foundations.viewer import audience_keys

        audience_keys.register("accounts", role_keys)
        chapters.register("accounts", seed)
