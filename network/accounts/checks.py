"""``manage.py check`` fails when a model field about a person is missing from the privacy register."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.core import checks

from network.accounts import privacy


@checks.register(checks.Tags.models)
def privacy_register(app_configs: Sequence[AppConfig] | None, **kwargs) -> list[checks.CheckMessage]:
    try:
        register = privacy.read()
    except privacy.Unreadable as error:
        return [checks.Error(str(error), id="accounts.E001")]
    return [
        checks.Error(gap.sentence, hint=gap.lines, obj=gap.model, id="accounts.E002")
        for gap in privacy.gaps(register)
    ] + [checks.Error(sentence, id="accounts.E003") for sentence in privacy.strays(register)]
