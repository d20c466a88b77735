"""Options that several verbs take, and the configuration they make."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from viewlock.errors import ConfigError

PresetName = Annotated[
    str, typer.Argument(metavar="PRESET|CONFIG.yaml", help="A preset (such as dsia) or a YAML file.")
]
RunPath = Annotated[str, typer.Argument(metavar="RUN", help="A run: a folder, or s3://BUCKET/NAME.")]
Scenes = Annotated[int | None, typer.Option(help="Number of scenes.")]
Seed = Annotated[int | None, typer.Option(help="Seed of everything random.")]
Size = Annotated[str | None, typer.Option(metavar="WxH", help="Picture size, for example 960x540.")]
Samples = Annotated[int | None, typer.Option(help="Cycles samples a pixel.")]
Device = Annotated[str | None, typer.Option(help="cpu, optix, cuda, hip, metal or oneapi.")]
Settings = Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Any key of the preset.")]
Workers = Annotated[int, typer.Option(min=1, help="Render processes at once.")]
Threads = Annotated[int, typer.Option(min=0, help="CPU threads of each process; 0 shares the cores.")]
Memory = Annotated[
    float, typer.Option("--recycle-above", metavar="GIB", min=0, help="Memory above which it is, too; 0: no limit.")
]
Recycle = Annotated[int, typer.Option(min=1, help="Scenes after which a process is replaced.")]


def configured(
    preset: str, scenes: int | None, seed: int | None, size: str | None, samples: int | None, device: str | None,
    settings: list[str] | None,
) -> Any:  # fmt: skip
    """The configuration of a preset with the words of the command line.

    Raises:
        ConfigError: a word or the preset is wrong.
    """
    from viewlock.generator.config import load_config
    from viewlock.settings import parse_overrides

    overrides = parse_overrides(settings or [])
    named = {"scenes": scenes, "seed": seed, "render.samples": samples, "render.device": device}
    overrides |= {key: value for key, value in named.items() if value is not None}
    if size is not None:
        overrides["size"] = _parse_size(size)
    return load_config(preset, overrides)


def _parse_size(text: str) -> list[int]:
    parts = text.lower().split("x")
    if len(parts) != 2 or not all(part.isdigit() for part in parts):
        raise ConfigError(f"--size {text}: expected WIDTHxHEIGHT, for example 960x540")
    return [int(part) for part in parts]
