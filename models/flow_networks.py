"""Flow of published networks, through ptlflow where it can be imported, and from files wherever it was computed.

ptlflow needs a torchvision that fits its torch, which this package's own environment need not have. So there are two
ways: install both in one environment and name the network as a method, or let another environment write the flow of
every pair, and evaluate `flow:DIR` here:

    python -m viewlock.models.flow_networks raft --data DATASET -o DIR
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from viewlock.errors import ConfigError, DatasetError, MissingLibraryError, ViewlockError, nearest
from viewlock.exporters.fields import decode_flow_png
from viewlock.store import write_file

from .perceptual import weights_folder

Picture = NDArray[np.uint8]
FlowField = NDArray[np.float32]
Estimate = Callable[[Picture, Picture], FlowField]

NETWORKS = {"raft": "raft", "pwcnet": "pwcnet", "flowformer++": "flowformer_pp", "dpflow": "dpflow"}
"""Our names -> ptlflow's."""

FLO_MAGIC = 202021.25
"""First float of a Middlebury .flo file."""
FLO_UNKNOWN = 1e9
"""Middlebury's mark of unknown flow: anything longer."""


def network(name: str, device: str = "cpu") -> Estimate:
    """Flow of one of `NETWORKS`, as a function of two uint8 pictures (H, W, 3).

    Weights are `NAME.ckpt` in the folder of weights, or ptlflow's `things`, which it downloads.

    Raises:
        MissingLibraryError: ptlflow cannot be imported here.
        DatasetError: the weights are damaged, or cannot be downloaded.
    """
    try:
        import ptlflow  # pyright: ignore[reportMissingImports]
    except (ImportError, RuntimeError) as problem:  # a torchvision of another torch raises RuntimeError
        why = str(problem).splitlines()[0]
        raise MissingLibraryError(
            f"method {name}: ptlflow cannot be imported ({why}); pip install 'viewlock[models,flow]' where "
            f"torchvision works and evaluate there, or run 'python -m viewlock.models.flow_networks {name} --data "
            "DATASET -o DIR' there and evaluate flow:DIR here (docs/evaluation.md)"
        ) from None
    local = weights_folder() / f"{name}.ckpt"
    try:
        model = ptlflow.get_model(NETWORKS[name], ckpt_path=str(local) if local.is_file() else "things")
    except Exception as problem:  # ptlflow raises whatever the download or the file provokes
        why = str(problem).splitlines()[0]
        raise DatasetError(f"method {name}: its weights cannot be had ({why}); put them at {local}") from None
    model = model.to(device).eval()

    def estimate(i1: Picture, i2: Picture) -> FlowField:
        # ptlflow's networks take BGR in [0, 1] and pad by themselves.
        pair = np.stack([i1[..., ::-1], i2[..., ::-1]]).transpose(0, 3, 1, 2).astype(np.float32) / 255
        with torch.inference_mode():
            flow = model({"images": torch.from_numpy(pair)[None].to(device)})["flows"][0, 0]
        return flow.permute(1, 2, 0).float().cpu().numpy()

    return estimate


# ------------------------------------------------------------------ files
def read_flo(file: Path) -> FlowField:
    """(H, W, 2) of a Middlebury .flo file.

    Raises:
        DatasetError: it is something else, or cut short.
    """
    data = file.read_bytes()
    if len(data) < 12 or np.frombuffer(data[:4], "<f4")[0] != np.float32(FLO_MAGIC):
        raise DatasetError(f"{file}: not a .flo file: expected it to begin with {FLO_MAGIC}")
    width, height = (int(n) for n in np.frombuffer(data[4:12], "<i4"))
    if width < 1 or height < 1 or len(data) != 12 + 8 * width * height:
        raise DatasetError(
            f"{file}: expected {width} x {height} x 8 bytes of flow after the header, got {len(data) - 12}"
        )
    return np.frombuffer(data[12:], "<f4").reshape(height, width, 2).copy()


def flo_bytes(flow: FlowField) -> bytes:
    """A Middlebury .flo file of flow (H, W, 2)."""
    height, width = flow.shape[:2]
    head = np.float32(FLO_MAGIC).astype("<f4").tobytes() + np.array([width, height], "<i4").tobytes()
    return head + np.ascontiguousarray(flow, "<f4").tobytes()


def stored_flow(folder: Path, key: str, direction: str) -> tuple[FlowField, NDArray[np.bool_]] | None:
    """Flow (H, W, 2), and where it is known, of `<key>.flow_<direction>.flo` or `.png` (KITTI); None if there is none.

    Raises:
        DatasetError: the file is damaged.
    """
    stem = folder / f"{key}.flow_{direction}"
    flo, png = Path(f"{stem}.flo"), Path(f"{stem}.png")
    if flo.is_file():
        flow = read_flo(flo)
        known = np.asarray((np.abs(flow) < FLO_UNKNOWN).all(-1))  # NaN is not known either
        return np.where(known[..., None], flow, 0), known
    if png.is_file():
        try:
            return decode_flow_png(png.read_bytes())
        except DatasetError as problem:
            raise DatasetError(f"{png}: {problem}") from None
    return None


def write_flows(samples: Sequence[dict[str, Any]], estimate: Estimate, folder: Path) -> int:
    """Both flows of every sample as .flo files, but for those that are there; how many were written."""
    written = 0
    for sample in samples:
        for direction, one, two in (("1to2", "i1", "i2"), ("2to1", "i2", "i1")):
            target = folder / f"{sample['key']}.flow_{direction}.flo"
            if not target.is_file():
                write_file(target, flo_bytes(estimate(sample[one], sample[two])))
                written += 1
    return written


def main(words: Sequence[str] | None = None) -> None:
    from tqdm import tqdm

    from .data import open_samples

    parser = argparse.ArgumentParser(prog="python -m viewlock.models.flow_networks", description=__doc__)
    parser.add_argument("network", help=", ".join(NETWORKS))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="test")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--device", default="cpu")
    given = parser.parse_args(words)
    try:
        if given.network not in NETWORKS:
            hint = nearest(given.network, list(NETWORKS))
            raise ConfigError(f"network {given.network!r}: expected one of {', '.join(NETWORKS)}{hint}")
        estimate = network(given.network, given.device)
        samples = open_samples([given.data], given.split, ["i1", "i2"])
        count = write_flows(tqdm(samples, unit="pair", disable=None), estimate, given.output)  # type: ignore[arg-type]
    except ViewlockError as problem:
        print(f"viewlock: {problem}", file=sys.stderr)
        sys.exit(problem.exit_code)
    print(f"{given.output}: {count} flows written")


if __name__ == "__main__":
    main()
