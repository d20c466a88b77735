"""The lock file of a manifest: what was downloaded, by checksum, so that it stays the same ever after."""

from __future__ import annotations

import fcntl
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from viewlock.errors import ConfigError, writing
from viewlock.store import write_file

from .cache import Cache
from .entry import Entry, Manifest, Sha256, Size, Source
from .manifest import LOCK_SUFFIX, SHIPPED, read_yaml


class Pin(BaseModel):
    """What an asset was when it was first fetched.

    Attributes:
        sha256: of the asset, as in `Entry`.
        size: bytes of all its files together.
        downloads: every file that was downloaded for it, with its checksum and size.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    sha256: Sha256
    size: Size
    downloads: tuple[Source, ...]


@dataclass
class Lock:
    """Attributes:
    file: beside the manifest as `<manifest>.lock.yaml`; for a shipped manifest in the cache.
    pins: by the id of the entry.
    """

    file: Path
    pins: dict[str, Pin] = field(default_factory=dict)

    @classmethod
    def of(cls, manifest: Manifest, cache: Cache) -> Lock:
        """The lock of a manifest; an empty one if nothing was fetched yet.

        Raises:
            ConfigError: the file is damaged.
        """
        shipped = manifest.file.parent.resolve() == SHIPPED.resolve()
        folder = cache.folder / "locks" if shipped else manifest.file.parent
        file = folder / (manifest.file.name.removesuffix(".yaml").removesuffix(".yml") + LOCK_SUFFIX)
        return cls(file, _read(file))

    def read_again(self) -> Lock:
        """The lock as it is on the disk now.

        Raises:
            ConfigError: the file is damaged.
        """
        return Lock(self.file, _read(self.file))

    def sha256(self, entry: Entry) -> str | None:
        """The checksum an asset must have; None if nobody knows yet.

        Raises:
            ConfigError: the manifest and the lock disagree.
        """
        pin = self.pins.get(entry.id)
        if pin is None:
            return entry.sha256
        if entry.sha256 not in (None, pin.sha256):
            raise ConfigError(
                f"{entry.id}: the manifest says sha256 {entry.sha256[:12]}..., {self.file} says {pin.sha256[:12]}...; "  # type: ignore[index]
                "if the manifest is right, remove the entry from the lock file"
            )
        return pin.sha256

    def pin(self, name: str, pin: Pin) -> None:
        """Adds a pin to the file, with whatever others have added meanwhile.

        Raises:
            ConfigError: another process has pinned other bytes.
            OutputError, TryAgainError: the file cannot be written.
        """
        with writing(self.file):
            self.file.parent.mkdir(parents=True, exist_ok=True)
            guard = self.file.with_name(f".{self.file.name}.guard").open("w")
        with guard:
            fcntl.flock(guard, fcntl.LOCK_EX)
            self.pins = _read(self.file)
            if self.pins.get(name, pin).sha256 != pin.sha256:
                raise ConfigError(
                    f"{name}: {self.file} says sha256 {self.pins[name].sha256[:12]}..., got {pin.sha256[:12]}..."
                )
            if self.pins.get(name) == pin:
                return
            self.pins[name] = pin
            write_file(self.file, self._text())

    def _text(self) -> str:
        assets = {
            name: {"sha256": pin.sha256, "size": pin.size,
                   "downloads": [d.model_dump(mode="json", exclude_defaults=True) for d in pin.downloads]}
            for name, pin in sorted(self.pins.items())
        }  # fmt: skip
        return "# Written by `viewlock assets fetch`.\n" + yaml.safe_dump(
            {"version": 1, "assets": assets}, sort_keys=False, allow_unicode=True, width=120
        )


def _read(file: Path) -> dict[str, Pin]:
    if not file.exists():
        return {}
    values = read_yaml(file, "a lock file: 'version' and 'assets'")
    assets = values.get("assets")
    if values.get("version") != 1 or not isinstance(assets, dict):
        raise ConfigError(f"{file}: expected 'version: 1' and 'assets'; restore it, or remove it to pin anew")
    try:
        return {name: Pin.model_validate(pin) for name, pin in assets.items()}
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise ConfigError(f"{file}: {where}: {first['msg']}; restore it, or remove it to pin anew") from None
