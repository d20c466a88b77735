"""`viewlock evaluate` and `viewlock align`: methods on datasets, on folders of frames, and on two pictures."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from viewlock.errors import ConfigError, MissingLibraryError

Device = Annotated[str, typer.Option(help="cpu or cuda, for networks.")]
Seed = Annotated[int, typer.Option(help="Of methods that draw, and of --limit.")]


def evaluate(
    methods: Annotated[list[str], typer.Argument(metavar="METHOD|RUN...", help="Names, or folders of trained runs.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="Folder of the results.")],
    data: Annotated[list[Path] | None, typer.Option(metavar="DATASET", help="A dataset or run; repeatable.")] = None,
    frames: Annotated[list[Path] | None, typer.Option(metavar="DIR", help="Real frames; repeatable.")] = None,
    split: Annotated[str, typer.Option(help="train, val, test, or all.")] = "test",
    stride: Annotated[int, typer.Option(min=1, help="Frames between the two of a pair, with --frames.")] = 1,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many samples, drawn with the seed.")] = None,
    device: Device = "cpu",
    seed: Seed = 0,
) -> None:
    """Score methods on a dataset, or on frames without truth; write results.json, tables and a picture."""
    _need_models()
    if bool(data) == bool(frames):
        raise ConfigError("evaluate: expected either --data DATASET or --frames DIR")
    if data:
        from viewlock.models.evaluate import evaluate as run

        run(methods, data, output, None if split == "all" else split, limit, device, seed)
    else:
        from viewlock.models.real_frames import evaluate_frames

        evaluate_frames(methods, frames or [], output, stride, limit, device, seed)
    print((output / "tables.md").read_text(encoding="utf-8").split("\n## ")[0].rstrip())
    print(f"\n{output}: results.json, tables.md, grid.png")


def align(
    first: Annotated[Path, typer.Argument(metavar="I1", help="The picture whose camera is kept.")],
    second: Annotated[Path, typer.Argument(metavar="I2", help="The picture whose moment is kept.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="OUT.png", help="The picture to write.")],
    model: Annotated[str, typer.Option(metavar="METHOD|RUN", help="A method, or the folder of a trained run.")],
    resize: Annotated[bool, typer.Option("--resize", help="Resize I2 to I1 if they differ.")] = False,
    sheet: Annotated[Path | None, typer.Option(metavar="SHEET.png", help="Write all pictures side by side.")] = None,
    device: Device = "cpu",
    seed: Seed = 0,
) -> None:
    """Show what I2 shows as the camera of I1 would have seen it."""
    _need_models()
    from viewlock.models.methods import get_method
    from viewlock.models.photos import align_photos, check_output

    check_output(output)
    align_photos(first, second, output, get_method(model, device, seed), resize, sheet)
    print(output)


def _need_models() -> None:
    absent = [name for name in ("torch", "torchmetrics") if find_spec(name) is None]
    if absent:
        raise MissingLibraryError(
            f"evaluate and align need {' and '.join(absent)}, which is not installed: pip install 'viewlock[models]'"
        )
