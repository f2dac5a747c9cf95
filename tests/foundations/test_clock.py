"""Instants with a named zone."""

from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from network.foundations import clock
from network.foundations.viewer import MEMBER, Viewer

WHEN = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)


def shown(text, **context):
    return Template("{% load network_time %}" + text).render(Context(context | {"when": WHEN}))


def member(zone):
    return Viewer(keys=frozenset({MEMBER}), zone=zone)


def test_the_official_hour_names_its_zone():
    assert clock.official(WHEN, "Africa/Nairobi") == "22 November 2026, 01:30 Nairobi time (UTC+3)"
    assert clock.official(WHEN) == "21 November 2026, 22:30 UTC"
    assert clock.official(WHEN, "Nowhere/Land").endswith("UTC")
    assert clock.official(WHEN, "America/St_Johns").endswith("(UTC−3:30)")
    assert clock.official(WHEN, "Africa/Nairobi", "date") == "22 November 2026"


@pytest.mark.parametrize(("language", "city"), [("ar", "نيروبي"), ("ru", "Найроби"), ("zh-hans", "内罗毕")])
def test_the_city_follows_the_language(language, city):
    with translation.override(language):
        assert clock.zone_name(clock.zone_of("Africa/Nairobi")) == city


def test_a_member_reads_her_own_hour_beside_it():
    html = shown("{% instant when 'Africa/Nairobi' %}", viewer=member("America/Lima"))
    assert 'datetime="2026-11-21T22:30:00+00:00"' in html
    assert "Nairobi time (UTC+3)" in html
    assert "21 November 2026, 17:30 your time" in html
    assert "data-yours" not in html


def test_where_the_clocks_agree_nothing_is_said_twice():
    assert "your time" not in shown("{% instant when 'Africa/Nairobi' %}", viewer=member("Asia/Riyadh"))


def test_a_stranger_gets_it_from_her_browser():
    html = shown("{% instant when 'Africa/Nairobi' %}")
    assert 'data-offset="180"' in html
    assert 'data-yours="{time} your time"' in html
    assert "data-yours" not in shown("{% instant when 'Africa/Nairobi' 'date' %}")


def test_no_instant_is_no_text():
    assert (
        Template("{% load network_time %}{% instant none %}{% ago none %}").render(Context({"none": None}))
        == ""
    )
    assert "data-relative" in shown("{% ago when %}")
