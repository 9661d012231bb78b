"""`python -m needsmap.places.invent [--seed N] --out DIR`: make the invented places again."""

from __future__ import annotations

from pathlib import Path

import click

from needsmap.places.invent.kindleford import SEED, make_kindleford
from needsmap.places.invent.testham import make_testham


@click.command()
@click.option("--seed", default=SEED, show_default=True, help="Another seed, another Kindleford.")
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write kindleford/ and testham/ into.",
)
def invent(seed: int, out: Path) -> None:
    """Write the packs of the invented places; the same seed gives the same bytes."""
    for folder in (make_kindleford(out / "kindleford", seed), make_testham(out / "testham")):
        click.echo(f"{folder.name}: written to {folder}")


if __name__ == "__main__":
    invent()
