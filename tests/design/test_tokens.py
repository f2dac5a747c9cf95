"""Colors hold their promise: 7:1 for text, 4.5:1 for what else is read, 3:1 for the lines of controls."""

import re
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.one_engine

TOKENS = Path(settings.BASE_DIR) / "network/static/css/tokens.css"
APPEARANCES = ["light", "dark"]

TEXT = [("ink", surface) for surface in ("paper", "paper-raised", "paper-sunk")] + [
    ("ink-soft", "paper"),
    ("ink-soft", "paper-raised"),
    ("ink-soft", "paper-sunk"),
    *(("ink", f"{state}-wash") for state in ("info", "good", "warn", "bad", "withheld", "accent")),
]
READ = [
    ("accent-ink", "accent"),
    ("accent-ink", "accent-strong"),
    ("call-ink", "call"),
    *((state, f"{state}-wash") for state in ("info", "good", "warn", "bad", "withheld")),
    *((state, "paper") for state in ("accent", "link", "info", "good", "warn", "bad", "withheld")),
    *((state, "paper-raised") for state in ("accent", "link", "bad")),
    *(("link", f"{wash}-wash") for wash in ("info", "good", "warn", "bad", "withheld", "accent")),
    ("ink-soft", "accent-wash"),
]
SEEN = [
    ("rule-strong", "paper"),
    ("rule-strong", "paper-raised"),
    ("focus", "paper"),
    ("focus", "paper-sunk"),
]


def declared() -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+):\s*([^;]+);", TOKENS.read_text()))


def color(name: str, appearance: str) -> str:
    """The hexadecimal value that role ``name`` has in ``appearance``."""
    values = declared()
    value = values[name]
    while not value.startswith("#"):
        both = re.search(rf"var\(--{appearance}, (#[0-9a-f]+|var\(--[a-z0-9-]+\))\)", value)
        value = both.group(1) if both else value
        if plain := re.fullmatch(r"var\(--([a-z0-9-]+)\)", value):
            value = values[plain.group(1)]
    return value


def luminance(value: str) -> float:
    channels = [int(value[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_the_guidelines_say() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("appearance", APPEARANCES)
@pytest.mark.parametrize(
    ("front", "back", "least"),
    [(*pair, 7) for pair in TEXT] + [(*pair, 4.5) for pair in READ] + [(*pair, 3) for pair in SEEN],
)
def test_pairs_of_colors_can_be_read(front: str, back: str, least: float, appearance: str) -> None:
    assert contrast(color(front, appearance), color(back, appearance)) >= least


@pytest.mark.parametrize("appearance", APPEARANCES)
@pytest.mark.parametrize("number", range(1, 13))
def test_initials_can_be_read_on_every_tone(number: int, appearance: str) -> None:
    line = re.search(rf"\.tone-{number} {{(.*)}}", TOKENS.read_text()).group(1)
    back, front = re.findall(rf"var\(--{appearance}, (#[0-9a-f]{{6}})\)", line)
    assert contrast(front, back) >= 4.5


def test_the_colors_around_the_page_are_the_papers() -> None:
    """Browsers paint their own frame in ``theme-color``; it cannot read tokens."""
    base = (Path(settings.BASE_DIR) / "templates/base.html").read_text()
    assert f'content="{color("paper", "light")}" media="(prefers-color-scheme: light)"' in base
    assert f'content="{color("paper", "dark")}" media="(prefers-color-scheme: dark)"' in base
