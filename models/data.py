"""Samples of datasets and runs by number: an index of where their bytes are, and decoding of what is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from viewlock.errors import DatasetError
from viewlock.exporters.dataset import kind_of, sample_index, shard_paths
from viewlock.exporters.fields import decode_member, field_of, name_of
from viewlock.exporters.png_rows import first_rows, png_size
from viewlock.exporters.tar import Member

from .crops import Window, crop_sample


@dataclass(frozen=True)
class _Place:
    """Where the members of a sample are."""

    file: Path
    key: str
    members: tuple[Member, ...]


class Samples(Sequence[dict[str, Any]]):
    """Samples in the order of their files and keys; only some fields are read and decoded.

    A file is opened for each sample: that costs microseconds beside the decoding, and leaves nothing open that
    processes could share or that could run out.

    Attributes:
        files: the shards and scene files, in order.
    """

    def __init__(self, files: Sequence[Path], fields: Sequence[str]) -> None:
        """Raises:
        DatasetError: a file is damaged, a sample lacks a field, or there is no sample.
        """
        self.files = list(files)
        self._places = [place for file in self.files for place in _places(file, fields)]
        if not self._places:
            raise DatasetError(f"{', '.join(map(str, self.files)) or 'no file'}: there is no sample in it")

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, index: int) -> dict[str, Any]:  # type: ignore[override]
        """`key` and the decoded fields (docs/format.md).

        Raises:
            DatasetError: the file is gone, or a member is damaged.
        """
        place = self._places[index]
        with _naming(place.file):
            return _decoded(place.key, _read(place))

    def cropped(self, index: int, choose: Callable[[tuple[int, int]], Window]) -> dict[str, Any]:
        """What a window shows of a sample; rows below the window are not decoded, which is most of the cost.

        Args:
            choose: (width, height) of the sample's pictures -> the window.

        Raises:
            DatasetError: as for a whole sample, or the window does not fit.
        """
        place = self._places[index]
        with _naming(place.file):
            stored = _read(place)
            size = _picture_size(stored)
            window = choose(size)
            rows = window.top + window.height
            upper = {name: first_rows(data, rows) if _is_png(name) else data for name, data in stored.items()}
            sample = _decoded(place.key, upper)
        return crop_sample(sample, window, size)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (self[index] for index in range(len(self)))

    @property
    def keys(self) -> list[str]:
        return [place.key for place in self._places]


def open_samples(paths: Sequence[Path], split: str | None, fields: Sequence[str], kind: str | None = None) -> Samples:
    """The samples of datasets, runs and single shards together.

    Args:
        paths: dataset folders, run folders (their finished scenes), or shards.
        split: `train`, `val` or `test`; None for all.
        fields: these are decoded, and every sample must have them.
        kind: what the datasets must be, such as `dsia`; None for anything.

    Raises:
        DatasetError: not a dataset, another kind, no sample in the split, a missing field, or damaged.
    """
    for name in fields:
        field_of(name)
    return Samples(sample_files(paths, split, kind), fields)


def sample_files(paths: Sequence[Path], split: str | None, kind: str | None = None) -> list[Path]:
    """The files that hold the samples now; a run that is still rendered has more of them later.

    Raises:
        DatasetError: not a dataset, another kind, or no file at all.
    """
    if not paths:
        raise DatasetError("no data: expected at least one dataset, run or shard")
    for path in paths:
        found = kind_of(path)
        if kind is not None and found not in (kind, None):
            raise DatasetError(f"{path}: expected data of kind {kind!r}, got {found!r}")
    files = [file for path in paths for file in shard_paths(path, split)]
    if not files:
        where = ", ".join(map(str, paths))
        raise DatasetError(
            f"{where}: no sample{f' in split {split!r}' if split else ''}; "
            "name data that has some, another split, or wait until a scene of it is rendered"
        )
    return files


def _places(file: Path, fields: Sequence[str]) -> Iterator[_Place]:
    wanted = set(fields)
    for key, members in sample_index(file).items():
        by_field = {name_of(member.name): member for member in members if member.name.count(".") == 2}
        missing = [name for name in fields if name not in by_field]
        if missing:
            raise DatasetError(
                f"{file}: sample {key} has no field {missing[0]!r}; it has {', '.join(sorted(by_field))}"
            )
        yield _Place(file, key, tuple(member for name, member in by_field.items() if name in wanted))


@contextmanager
def _naming(file: Path) -> Iterator[None]:
    """Says which file a problem is in."""
    try:
        yield
    except OSError as refusal:
        raise DatasetError(f"{file}: cannot be read: {refusal.strerror or refusal}") from None
    except DatasetError as problem:
        raise DatasetError(f"{file}: {problem}") from None


def _read(place: _Place) -> dict[str, bytes]:
    """Bytes of the members by name."""
    stored = {}
    with place.file.open("rb") as file:
        for member in place.members:
            file.seek(member.offset)
            stored[member.name] = file.read(member.size)
    return stored


def _decoded(key: str, stored: dict[str, bytes]) -> dict[str, Any]:
    sample: dict[str, Any] = {"key": key}
    for member, data in stored.items():
        _, name, value = decode_member(member, data)
        sample[name] = value
    return sample


def _picture_size(stored: dict[str, bytes]) -> tuple[int, int]:
    """(width, height) of a sample's pictures."""
    name = next(name for name in stored if _is_png(name))
    try:
        return png_size(stored[name])
    except DatasetError as problem:
        raise DatasetError(f"member {name!r}: {problem}") from None


def _is_png(name: str) -> bool:
    return name.endswith(".png")
