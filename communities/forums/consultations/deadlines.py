"""How long those who are quoted have for corrections: working days by the official clock. Pure."""

from datetime import datetime, timedelta

from network.foundations.clock import zone_of

_SATURDAY = 5


def after_working_days(begun: datetime, days: int, zone: str) -> datetime:
    """The same hour by the clock of ``zone``, so many working days later; Saturdays and Sundays are none."""
    local = begun.astimezone(zone_of(zone)).replace(tzinfo=None)
    left = days
    while left > 0:
        local += timedelta(days=1)
        left -= local.weekday() < _SATURDAY
    return local.replace(tzinfo=zone_of(zone)).astimezone(begun.tzinfo)
