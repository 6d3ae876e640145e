"""
`python -m programs check`: everything that is wrong with the help catalogue and around it, all at once.

It ends with 1 if there is a fault, so that a build stops. It changes nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from programs.catalogue.errors import CatalogueInvalid, Fault
from programs.catalogue.yaml_files import FileReader
from programs.loading.completeness import check_project
from programs.loading.loader import load_catalogue

app = typer.Typer(add_completion=False, help="The help catalogue.")
PROJECT = Path(__file__).resolve().parent.parent


@app.callback()
def main() -> None:
    """The help catalogue."""


@app.command()
def check(
    project: Annotated[Path, typer.Option(help="The project's folder.")] = PROJECT,
) -> None:
    """Name every fault of the catalogue, and everything that a program still lacks in the project."""
    faults = find_faults(project)
    for fault in faults:
        typer.echo(str(fault), err=True)
    programs = len(program_ids(project))
    typer.echo(f"{programs} help programs, {len(faults)} faults")
    if faults:
        raise typer.Exit(1)


def find_faults(project: Path) -> tuple[Fault, ...]:
    """All faults, files named from the project's folder."""
    catalogue_faults: tuple[Fault, ...] = ()
    try:
        load_catalogue(project / "programs")
    except CatalogueInvalid as invalid:
        catalogue_faults = tuple(Fault(f"programs/{f.file}", f.field, f.reason) for f in invalid.faults)
    reader = FileReader(project)
    check_project(reader, program_ids(project))
    return (*catalogue_faults, *reader.faults)


def program_ids(project: Path) -> tuple[str, ...]:
    """The programs by their folders, also of those whose files have faults."""
    return tuple(path.parent.name for path in sorted((project / "programs").glob("*/program.yml")))


if __name__ == "__main__":
    app()
