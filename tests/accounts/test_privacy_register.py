"""The register of personal data: complete, true, and it says what to paste."""

import pytest
from django.apps import apps
from django.core import checks

from network.accounts import privacy
from network.accounts.checks import privacy_register


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(privacy, "folder", lambda: tmp_path)
    return tmp_path


def entry(label, body=""):
    return f"{label}:\n  purpose: p\n  audience: a\n  kept: k\n  erasure: e\n{body}"


def gap_for(label):
    return next((gap for gap in privacy.gaps(privacy.read()) if gap.model._meta.label == label), None)


def test_accounts_are_told_of_completely():
    assert not [gap for gap in privacy.gaps(privacy.read()) if gap.model._meta.app_label == "accounts"]


def test_libraries_are_told_of_completely():
    assert not [gap.sentence for gap in privacy.gaps(privacy.read()) if not privacy._is_ours(gap.model)]


def test_nothing_is_told_of_that_is_not_there():
    assert not list(privacy.strays(privacy.read()))


def test_a_missing_model_is_an_error_with_the_lines_to_paste(folder):
    errors = privacy_register(None)
    assert all(isinstance(error, checks.Error) for error in errors)
    hint = next(error.hint for error in errors if error.obj is apps.get_model("accounts.Suspension"))
    assert "docs/privacy/register/accounts.yaml" in hint
    assert "accounts.Suspension:" in hint
    assert "    reason:" in hint


def test_a_missing_field_is_an_error(folder):
    (folder / "accounts.yaml").write_text(entry("accounts.Departure", "  fields: {person: , at: }\n"))
    assert "choice" in gap_for("accounts.Departure").sentence
    (folder / "accounts.yaml").write_text(
        entry("accounts.Departure", "  fields: {person: , at: }\n  other: [choice]\n")
    )
    assert gap_for("accounts.Departure") is None


def test_a_model_about_nobody_need_not_be_told_of():
    assert not privacy.is_about_people(apps.get_model("thesaurus.Term"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("accounts.User: {purpose: p}", "must answer"),
        ("accounts.User: [", "not YAML"),
        ("accounts.User:", "must answer"),
    ],
)
def test_a_file_that_cannot_be_read_says_so(folder, content, words):
    (folder / "accounts.yaml").write_text(content)
    (error,) = privacy_register(None)
    assert words in error.msg


def test_the_same_model_in_two_files_is_an_error(folder):
    for name in ("a", "b"):
        (folder / f"{name}.yaml").write_text(entry("accounts.Departure"))
    (error,) = privacy_register(None)
    assert "another file" in error.msg


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (entry("accounts.Ghost"), "accounts.Ghost, which does not exist"),
        (entry("ghosts.*"), "ghosts.*, which is not installed"),
        (entry("accounts.Departure", "  other: [ghost]\n"), "accounts.Departure.ghost"),
    ],
)
def test_what_is_no_more_must_go(folder, told, words):
    (folder / "x.yaml").write_text(told)
    assert any(words in sentence for sentence in privacy.strays(privacy.read()))


def test_every_room_is_told_of_completely():
    assert privacy_register(None) == []
