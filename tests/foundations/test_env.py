"""Typed readers of the environment."""

import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from network.settings import env
from network.settings.secrets_file import local_secret


@pytest.mark.parametrize(
    ("reader", "raw", "value"),
    [
        (env.env_text, "a b", "a b"),
        (env.env_bool, "YES", True),
        (env.env_bool, " off ", False),
        (env.env_int, "42", 42),
        (env.env_list, "a, b,,c ", ["a", "b", "c"]),
        (env.env_secret, "hush", "hush"),
    ],
)
def test_a_value_is_read_as_its_type(monkeypatch, reader, raw, value):
    monkeypatch.setenv("THING", raw)
    assert reader("THING") == value


@pytest.mark.parametrize(("reader", "raw"), [(env.env_bool, "maybe"), (env.env_int, "many")])
def test_a_wrong_value_says_what_is_right(monkeypatch, reader, raw):
    monkeypatch.setenv("THING", raw)
    with pytest.raises(ImproperlyConfigured, match=f"THING='{raw}' is not understood. Use "):
        reader("THING", None)


@pytest.mark.parametrize("reader", [env.env_text, env.env_bool, env.env_int, env.env_list, env.env_secret])
def test_a_missing_value_has_its_default_or_says_what_to_set(monkeypatch, reader):
    monkeypatch.delenv("THING", raising=False)
    assert reader("THING", "default") == "default"
    monkeypatch.setenv("THING", "")
    with pytest.raises(ImproperlyConfigured, match=r"THING is not set\. Set it to "):
        reader("THING")


def test_a_secret_may_stand_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("from the file\n")
    monkeypatch.setenv("THING", "from the environment")
    monkeypatch.setenv("THING_FILE", str(tmp_path / "secret"))
    assert env.env_secret("THING") == "from the file"
    monkeypatch.setenv("THING_FILE", str(tmp_path / "none"))
    with pytest.raises(ImproperlyConfigured, match=r"THING_FILE.*cannot be read"):
        env.env_secret("THING")


def test_a_local_secret_is_made_once_for_our_eyes_only(tmp_path):
    path = tmp_path / "var" / "secret_key"
    secret = local_secret(path)
    assert len(secret) > 40
    assert local_secret(path) == secret
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
