"""
`python -m operate …`: the commands behind `make`. `make help` lists them for people.

Must never show a traceback for something that one sentence explains.
"""

import os
import secrets
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from operate.bundle import DIST, compressed_size, make_bundle
from operate.chat import Assistant, converse
from operate.checks import Checks, Plan
from operate.children import start, stop_when_told, to_its_end
from operate.errors import OperateError
from operate.evaluation import evaluation_files
from operate.keys import check_production_keys, needed_files, private_folder, write_keys
from operate.ports import check_ports
from operate.runner import Runner
from operate.sections import sections
from operate.services import commands, server_environment, services
from operate.storage import database_file, migrate_store, remove_plain_conversations
from operate.terminal import Terminal
from operate.training import ensure_model
from settings import PREFIX, ROOT, Settings, SettingsInvalid, environment, read_settings

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


def _settings() -> tuple[Settings, dict[str, str]]:
    return read_settings(), dict(environment())


def _write_keys(settings: Settings, environ: dict[str, str], terminal: Terminal, *, production: bool) -> None:
    private_folder(settings.var)
    names = needed_files(environ)
    database = database_file(settings.store_url)
    written = write_keys(settings.keys, database, names=names, production=production)
    if written:
        terminal.done(f"{len(written)} new keys are in {settings.keys}: back them up, as docs/keys.md says")


def _prepare(settings: Settings, environ: dict[str, str], terminal: Terminal) -> Path:
    """
    Keys, store and model, each only when it is missing or out of date; return the model.

    In production no key is made on the way.
    """
    if settings.mode == "production":
        check_production_keys(settings.keys, needed_files(environ))
    else:
        _write_keys(settings, environ, terminal, production=False)
    migrate_store(settings.store_url)
    if remove_plain_conversations(settings.var):
        terminal.done("Conversations that an earlier version kept in plain are gone: delete their copies too")
    return ensure_model(settings, environ, terminal)


@app.command()
def keys(
    *, production: Annotated[bool, typer.Option(help="Make keys that production takes.")] = False
) -> None:
    """Write the keys that are missing; never overwrite one."""
    settings, environ = _settings()
    production = production or settings.mode == "production"
    _write_keys(settings, environ, Terminal(), production=production)


@app.command()
def migrate() -> None:
    """Bring the consent store's tables to this version."""
    settings, _ = _settings()
    private_folder(settings.var)
    migrate_store(settings.store_url)


@app.command()
def train(
    *, force: Annotated[bool, typer.Option(help="Train although nothing has changed.")] = False
) -> None:
    """Train the model when its files have changed."""
    settings, environ = _settings()
    terminal = Terminal()
    private_folder(settings.var)
    terminal.done(f"The model is {ensure_model(settings, environ, terminal, force=force)}")


@app.command()
def setup() -> None:
    """Make everything ready without starting anything: keys, store, model."""
    settings, environ = _settings()
    terminal = Terminal()
    _prepare(settings, environ, terminal)
    terminal.done("Everything is set up. `make run` starts the assistant.")


@app.command()
def run() -> None:
    """Set up what is missing, start the servers, show the address, end all on Ctrl-C."""
    settings, environ = _settings()
    terminal = Terminal()
    wanted = services(settings)
    check_ports(wanted)
    model = _prepare(settings, environ, terminal)
    check_ports(wanted)
    terminal.line("Starting the assistant and the portal …")
    runner = Runner(wanted, settings.log, terminal, log_bytes=settings.log_megabytes * 1_000_000)
    raise typer.Exit(runner.run(commands(), server_environment(settings, environ, model), ROOT))


@app.command()
def chat(sender: Annotated[str, typer.Option(help="Who is talking; left out, somebody new.")] = "") -> None:
    """Talk to the running assistant in this terminal."""
    settings, _ = _settings()
    rasa = {service.name: service for service in services(settings)}["rasa"]
    console = Console(highlight=False, soft_wrap=True)
    with Assistant(rasa.url, settings.keys / "rest.secret", sender) as assistant:
        assistant.must_answer()
        console.print("Say what you need. A number presses that button; /quit ends.", style="dim")
        converse(assistant, lambda: console.input("› "), lambda text: console.print(text, markup=False))


@app.command()
def check(
    only: Annotated[list[str] | None, typer.Argument(help="Only these sections.")] = None,
    *,
    full: Annotated[bool, typer.Option(help="Also what takes long.")] = False,
    seed: Annotated[int | None, typer.Option(help="That of an earlier run, to repeat it.")] = None,
) -> None:
    """Run all checks and tests, and say at the end what came of each section."""
    wanted = sections(tuple(only or ()))
    really_set = dict(os.environ)  # tests know nothing of .env
    settings, environ = _settings()
    terminal = Terminal(Console(highlight=False, soft_wrap=True))
    private_folder(settings.var)
    needs_model = any(section.needs_model for section in wanted)
    model = str(ensure_model(settings, environ, terminal)) if needs_model else ""
    seed = secrets.randbelow(2**32) if seed is None else seed
    plan = Plan(wanted, really_set, settings.var / "results", seed, model, full)
    raise typer.Exit(Checks(plan, terminal).run())


@app.command()
def evaluate(
    *,
    queries: Annotated[Path | None, typer.Option(help="A CSV file with the columns text,program.")] = None,
    out_of_scope: Annotated[Path | None, typer.Option(help="A CSV file with the column text.")] = None,
    sets: Annotated[Path | None, typer.Option(help="A folder with sets, such as values_dev.csv.")] = None,
    docs: Annotated[bool, typer.Option(help="Put the figures into docs/understanding.md.")] = False,
) -> None:
    """Measure how well needs are understood, beside stock Rasa, and how well typed answers are read."""
    settings, environ = _settings()
    terminal = Terminal()
    private_folder(settings.var)
    given = evaluation_files(queries, out_of_scope, sets)
    model = ("--model", str(ensure_model(settings, environ, terminal))) if "--queries" in given else ()
    command = [sys.executable, "-m", "evaluation", *model, *given]
    environ = {**environ, PREFIX + "VAR": str(settings.var)}
    command += ["--docs"] if docs else []
    raise typer.Exit(to_its_end(start(command, None, cwd=ROOT, environ=environ)))


@app.command()
def widget() -> None:
    """Bundle the chat element into one file, widget/dist."""
    make_bundle()
    Terminal().done(
        f"The widget's bundle is in {DIST.relative_to(ROOT)}: {compressed_size()} bytes compressed"
    )


def main() -> int:
    """Run one command; return the exit code."""
    os.umask(0o077)
    stop_when_told()
    try:
        app(prog_name="python -m operate")
    except (OperateError, SettingsInvalid) as reason:
        Terminal().failed(str(reason))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
