"""Settings come from the environment and `.env`, and every fault is named at once."""

from pathlib import Path

import pytest

from operate.errors import SettingsInvalid
from operate.settings import load_settings, read_environment


def test_everything_listens_on_loopback_unless_told_otherwise() -> None:
    settings = load_settings({})
    assert settings.host == "127.0.0.1"
    assert (settings.rasa_port, settings.actions_port, settings.portal_port) == (5005, 5055, 8000)


def test_the_store_is_sqlite_in_var_unless_told_otherwise(tmp_path: Path) -> None:
    assert load_settings({"ASKFIRST_VAR": str(tmp_path)}).store_url == f"sqlite:///{tmp_path}/consent.db"
    assert load_settings({"ASKFIRST_DATABASE_URL": "postgresql://db/x"}).store_url == "postgresql://db/x"


def test_a_relative_var_is_meant_from_the_projects_root(tmp_path: Path) -> None:
    assert load_settings({"ASKFIRST_VAR": "elsewhere"}, root=tmp_path).var == tmp_path / "elsewhere"


def test_an_empty_variable_counts_as_not_set() -> None:
    assert load_settings({"ASKFIRST_HOST": "", "ASKFIRST_RASA_PORT": " "}).rasa_port == 5005


def test_all_variables_that_cannot_be_used_are_named_at_once() -> None:
    with pytest.raises(SettingsInvalid) as caught:
        load_settings({"ASKFIRST_RASA_PORT": "many", "ASKFIRST_PORTAL_PORT": "70000"})
    assert "ASKFIRST_RASA_PORT" in str(caught.value)
    assert "ASKFIRST_PORTAL_PORT" in str(caught.value)


def test_variables_of_other_parts_do_not_disturb() -> None:
    load_settings({"ASKFIRST_PAGE_ORIGINS": "https://bank.example", "ASKFIRST_ASSISTANT_URL": "x"})


def test_dot_env_is_read_and_what_is_really_set_wins(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ASKFIRST_RASA_PORT=6001\nASKFIRST_HOST=127.0.0.2\n", encoding="utf-8")
    environ = read_environment(tmp_path, {"ASKFIRST_HOST": "127.0.0.3"})
    settings = load_settings(environ, tmp_path)
    assert (settings.rasa_port, settings.host) == (6001, "127.0.0.3")


def test_no_dot_env_is_fine(tmp_path: Path) -> None:
    assert read_environment(tmp_path, {"A": "b"}) == {"A": "b"}


def test_production_is_spelt_out_or_refused() -> None:
    assert load_settings({}).mode == "development"
    assert load_settings({"ASKFIRST_MODE": "production"}).mode == "production"
    with pytest.raises(SettingsInvalid, match="ASKFIRST_MODE"):
        load_settings({"ASKFIRST_MODE": "prod"})
