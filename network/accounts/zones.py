"""Time zones as people look for them: by continent, then by city."""

from functools import cache
from zoneinfo import available_timezones

#: The first parts that name a place; the others ("Etc", "US", old abbreviations) are second names.
_REGIONS = (
    "Africa America Antarctica Arctic Asia Atlantic Australia Europe Indian Pacific".split()  # noqa: SIM905
)


@cache
def choices() -> list[tuple[str, str | list[tuple[str, str]]]]:
    """For a select: UTC, then a group of cities for each region."""
    groups: dict[str, list[tuple[str, str]]] = {region: [] for region in _REGIONS}
    for zone in sorted(available_timezones()):
        region, _, city = zone.partition("/")
        if city and region in groups:
            groups[region].append((zone, city.replace("_", " ").replace("/", " – ")))
    return [("UTC", "UTC"), *groups.items()]


def is_zone(name: str) -> bool:
    return name in available_timezones()
