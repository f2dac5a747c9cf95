"""Instants told in a named zone: the official hour, which counts, and the reader's hour beside it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import get_timezone_location
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

_FORMATS = {"datetime": "DATETIME_FORMAT", "date": "DATE_FORMAT", "time": "TIME_FORMAT"}


def zone_of(name: str | None) -> ZoneInfo:
    """The zone called ``name``; UTC where there is none of that name."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def wall_clock(typed: datetime, zone: str) -> datetime:
    """What a form took for an hour of the current zone, read as what it is: a clock's hour in ``zone``."""
    return timezone.make_naive(typed).replace(tzinfo=zone_of(zone))


def zone_name(zone: ZoneInfo) -> str:
    """``Nairobi``, in the active language."""
    if zone.key == "UTC":
        return "UTC"
    return _merged(zone) or get_timezone_location(zone, locale=_babel_locale(), return_city=True)


def _merged(zone: ZoneInfo) -> str:
    """The city of a zone that tables of names have merged into that of another one: Montreal, not Toronto."""
    other = get_global("zone_aliases").get(zone.key, "")
    city, others_city = _city(zone.key), _city(other)
    if not other or city == others_city:
        return ""
    told = get_timezone_location(zone, locale=Locale("en"), return_city=True)
    return city if told == others_city else ""


def _city(key: str) -> str:
    return key.rpartition("/")[2].replace("_", " ")


def offset(when: datetime, zone: ZoneInfo) -> str:
    """``UTC+3``, ``UTC−3:30``."""
    ahead = when.astimezone(zone).utcoffset() or timedelta()
    minutes = abs(int(ahead.total_seconds())) // 60
    sign = "−" if ahead < timedelta() else "+"
    hours, rest = divmod(minutes, 60)
    if not minutes:
        return "UTC"
    return f"UTC{sign}{hours}:{rest:02}" if rest else f"UTC{sign}{hours}"


def official(when: datetime, zone: str | None = None, style: str = "datetime") -> str:
    """``when`` as it counts: in the named zone, which is named with it wherever an hour is told."""
    place = zone_of(zone)
    told = date_format(when.astimezone(place), _FORMATS[style])
    if style == "date":
        return told
    if place.key == "UTC":
        return f"{told} UTC"
    return _("%(time)s %(city)s time (%(offset)s)") % {
        "time": told,
        "city": zone_name(place),
        "offset": offset(when, place),
    }


def reader(when: datetime, zone: str | None, readers_zone: str, style: str = "datetime") -> str:
    """The reader's own hour of ``when``, or nothing where her clock shows the official one."""
    place, hers = zone_of(zone), zone_of(readers_zone)
    there, here = when.astimezone(place), when.astimezone(hers)
    if style == "date" or there.utcoffset() == here.utcoffset():
        return ""
    same_day = there.date() == here.date()
    told = date_format(here, "TIME_FORMAT" if same_day or style == "time" else "DATETIME_FORMAT")
    return _("%(time)s your time") % {"time": told}


def universal(when: datetime, zone: str | None, style: str = "datetime") -> str:
    """``when`` in UTC, for readers whose hour nobody knows; nothing where the official clock shows it."""
    there = when.astimezone(zone_of(zone))
    if style == "date" or not there.utcoffset():
        return ""
    here = when.astimezone(zone_of("UTC"))
    same_day = there.date() == here.date()
    told = date_format(here, "TIME_FORMAT" if same_day or style == "time" else "DATETIME_FORMAT")
    return f"{told} UTC"


def _babel_locale() -> Locale:
    try:
        return Locale.parse(to_locale(get_language() or "en"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")
