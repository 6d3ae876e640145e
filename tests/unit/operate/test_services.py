"""The Procfile starts what we know how to watch, and every server hears the same settings."""

import re
from pathlib import Path

from operate.services import commands, server_environment, services
from settings import ROOT, Settings


def test_the_procfile_starts_exactly_the_servers_that_are_watched() -> None:
    assert set(commands()) == {service.name for service in services(Settings())}


def test_every_command_replaces_its_shell_so_that_signals_arrive() -> None:
    assert all(line.startswith("exec ") for line in commands().values())


def test_every_variable_in_the_procfile_is_one_that_servers_get() -> None:
    given = server_environment(Settings(), {}, Path("model.tar.gz"))
    used = re.findall(r"\$\{?(\w+)", (ROOT / "Procfile").read_text(encoding="utf-8"))
    assert used
    assert set(used) <= set(given)


def test_servers_get_every_setting_spelt_out_and_no_telemetry() -> None:
    settings = Settings(rasa_port=6005)
    given = server_environment(settings, {"PATH": "/bin", "ASKFIRST_RASA_PORT": ""}, Path("m.tar.gz"))
    assert given["PATH"] == "/bin"
    assert given["ASKFIRST_RASA_PORT"] == "6005"
    assert given["ASKFIRST_VAR"] == str(settings.var)
    assert given["ASKFIRST_MODEL"] == "m.tar.gz"
    assert given["RASA_TELEMETRY_ENABLED"] == "false"


def test_a_server_that_listens_everywhere_is_reached_over_loopback() -> None:
    by_name = {service.name: service for service in services(Settings(host="0.0.0.0"))}
    assert by_name["portal"].url == "http://127.0.0.1:8000"
    assert by_name["portal"].health_url == "http://127.0.0.1:8000/health"


def test_an_ipv6_address_is_put_in_brackets() -> None:
    by_name = {service.name: service for service in services(Settings(host="::1"))}
    assert by_name["rasa"].health_url == "http://[::1]:5005/"
