"""Every method that can be evaluated, by its name: shortcuts, classical ones, ceilings, files, and trained runs.

A method takes a sample (`key`, `i1`, `i2` as uint8 (H, W, 3), and whatever truth it `needs`) and gives an `AlignOutput`
of one picture. Those that need truth are no competitors: they say how far an idea could go.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from viewlock.errors import ConfigError, DatasetError, DeviceError, nearest

from . import baselines
from .aligner import AlignOutput
from .flow_networks import network, stored_flow
from .warping import consistent, tensor_of_flow, tensor_of_picture, warp_to_first

Sample = Mapping[str, Any]
Align = Callable[[Sample], AlignOutput]
Estimate = Callable[[NDArray[np.uint8], NDArray[np.uint8]], NDArray[np.float32] | None]


@dataclass(frozen=True)
class Method:
    """Attributes:
    name: as on the command line.
    label: in tables.
    align: of one sample.
    needs: fields of truth that it looks at; a method with any cannot align pictures without truth.
    facts: of a trained run, for the table of ablations; empty for others.
    """

    name: str
    label: str
    align: Align
    needs: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)


def copy_i2(sample: Sample) -> AlignOutput:
    """What identity means: the answer is I2 as it is."""
    return AlignOutput(tensor_of_picture(sample["i2"]))


def copy_i1(sample: Sample) -> AlignOutput:
    return AlignOutput(tensor_of_picture(sample["i1"]))


def mask_fill(sample: Sample) -> AlignOutput:
    """I1 with I2 in the true dynamic mask: what one may learn without aligning anything."""
    return AlignOutput(tensor_of_picture(np.where(sample["dynamic"][..., None], sample["i2"], sample["i1"])))


def by_flow(estimate: Estimate, check: bool = False) -> Align:
    """A method that warps I2 along `estimate`d flow; I2 as it is where the estimate gives up.

    Args:
        check: estimate the flow back, too, and trust only where both agree.
    """

    def align(sample: Sample) -> AlignOutput:
        forward = estimate(sample["i1"], sample["i2"])
        if forward is None:
            return copy_i2(sample)
        flow = tensor_of_flow(forward)
        backward = estimate(sample["i2"], sample["i1"]) if check else None
        trusted = None if backward is None else consistent(flow, tensor_of_flow(backward))
        return warp_to_first(tensor_of_picture(sample["i1"]), tensor_of_picture(sample["i2"]), flow, trusted)

    return align


def by_truth(flow_name: str, occluded_name: str) -> Align:
    """Warps I2 along a flow of the dataset; trusts it where the point is seen in I2."""

    def align(sample: Sample) -> AlignOutput:
        stored = sample[flow_name]
        trusted = torch.from_numpy(stored.valid & ~sample[occluded_name])[None]
        # Flow that is not valid leads out of the frame: there is nothing to see.
        flow = tensor_of_flow(np.where(stored.valid[..., None], stored.flow, np.float32(1e6)))
        return warp_to_first(tensor_of_picture(sample["i1"]), tensor_of_picture(sample["i2"]), flow, trusted)

    return align


def by_files(folder: Path) -> Align:
    """Warps I2 along flow in files: `<key>.flow_1to2.flo` or `.png`, and `flow_2to1` for the check if it is there."""

    def align(sample: Sample) -> AlignOutput:
        key, shape = sample["key"], sample["i1"].shape[:2]
        stored, back = (stored_flow(folder, key, direction) for direction in ("1to2", "2to1"))
        if stored is None:
            raise DatasetError(f"{folder}: no flow of sample {key}: expected {key}.flow_1to2.flo or .png")
        for flow, _ in filter(None, (stored, back)):
            if flow.shape[:2] != shape:
                raise DatasetError(
                    f"{folder}: flow of sample {key}: expected {shape[1]} x {shape[0]} pixels, "
                    f"got {flow.shape[1]} x {flow.shape[0]}"
                )
        flow, known = stored
        forward = tensor_of_flow(np.where(known[..., None], flow, np.float32(1e6)))
        trusted = None if back is None else consistent(forward, tensor_of_flow(back[0]))
        return warp_to_first(tensor_of_picture(sample["i1"]), tensor_of_picture(sample["i2"]), forward, trusted)

    return align


@dataclass(frozen=True)
class _Entry:
    label: str
    what: str
    make: Callable[[str], Align]
    needs: tuple[str, ...] = ()


def _plain(align: Align) -> Callable[[str], Align]:
    return lambda device: align


def _network(name: str) -> Callable[[str], Align]:
    return lambda device: by_flow(network(name, device), check=True)


METHODS: dict[str, _Entry] = {
    "identity": _Entry("identity (copy I2)", "I2 as it is", _plain(copy_i2)),
    "copy-i1": _Entry("copy I1", "I1 as it is", _plain(copy_i1)),
    "mask-fill": _Entry("mask-fill", "I1 with I2 in the true dynamic mask", _plain(mask_fill), ("dynamic",)),
    "sift": _Entry("SIFT + RANSAC", "one homography from SIFT matches", _plain(by_flow(baselines.sift_homography))),
    "ecc": _Entry("ECC", "one homography from correlation of the pictures", _plain(by_flow(baselines.ecc_homography))),
    "mesh": _Entry("mesh of homographies", "moving DLT on a mesh", _plain(by_flow(baselines.mesh_homographies))),
    "dis": _Entry("DIS flow", "dense inverse search", _plain(by_flow(baselines.dis_flow, check=True))),
    "farneback": _Entry("Farneback flow", "polynomials", _plain(by_flow(baselines.farneback_flow, check=True))),
    "raft": _Entry("RAFT", "through ptlflow", _network("raft")),
    "pwcnet": _Entry("PWC-Net", "through ptlflow", _network("pwcnet")),
    "flowformer++": _Entry("FlowFormer++", "through ptlflow", _network("flowformer++")),
    "dpflow": _Entry("DPFlow", "through ptlflow", _network("dpflow")),
    "true-flow": _Entry("true flow 1 to 2", "I2 along the true flow: the ceiling of warping, with its ghosts",
                        _plain(by_truth("flow_1to2", "occluded_1to2")), ("flow_1to2", "occluded_1to2")),
    "true-camera": _Entry("true flow gt to 2", "I2 along the true flow of the camera: the ceiling of camera alignment",
                          _plain(by_truth("flow_gtto2", "occluded_gtto2")), ("flow_gtto2", "occluded_gtto2")),
}  # fmt: skip
"""Name -> what it is. `flow:DIR`, `sd-inpaint:DIR`, `vqvae:RUN`, `vqvae-i1:RUN` and trained runs come on top."""


def get_methods(names: Sequence[str], device: str = "cpu", seed: int = 0) -> list[Method]:
    """The methods of names, with labels that differ.

    Raises:
        ConfigError: a name twice; and as `get_method`.
    """
    if len(set(names)) < len(names):
        raise ConfigError(f"methods {' '.join(names)}: expected each of them once")
    methods = [get_method(name, device, seed) for name in names]
    labels = Counter(method.label for method in methods)
    return [replace(m, label=m.name) if labels[m.label] > 1 else m for m in methods]


def get_method(name: str, device: str = "cpu", seed: int = 0) -> Method:
    """The method of a name, or of a folder that a training wrote; loads what it needs.

    Args:
        device: torch's, for networks.
        seed: of methods that draw.

    Raises:
        ConfigError: no such method.
        DeviceError: no such device here.
        DatasetError: the folder is not what it should be.
        MissingLibraryError: it needs a package that is not there.
    """
    check_device(device)
    if name in METHODS:
        entry = METHODS[name]
        return Method(name, entry.label, entry.make(device), entry.needs)
    kind, _, folder = name.partition(":")
    if kind == "flow" and folder:
        return Method(name, f"flow of {Path(folder).name}", by_files(_folder(name, folder)))
    if kind == "sd-inpaint" and folder:
        from .diffusion_baselines import sd_inpaint

        return Method(name, "SD-Inpaint", sd_inpaint(_folder(name, folder), device, seed))
    if kind in _REBUILT and folder:
        return _rebuilt(name, kind, _folder(name, folder), device)
    if Path(name).is_dir():
        return _trained(name, Path(name), None, device, seed)
    run, _, stride = name.rpartition("@")
    if run and stride.isdecimal() and int(stride) and Path(run).is_dir():
        return _trained(name, Path(run), int(stride), device, seed)
    known = [*METHODS, "flow:DIR", "sd-inpaint:DIR", *(f"{kind}:RUN" for kind in _REBUILT)]
    raise ConfigError(
        f"method {name!r}: expected one of {', '.join(known)}, or the folder of a trained run (RUN, or RUN@STRIDE for "
        f"other steps of sampling){nearest(name, known)}"
    )


def check_device(device: str) -> None:
    """Raises:
    DeviceError: torch does not know the device, or this machine has none.
    """
    try:
        torch.zeros(1, device=device)
    except (RuntimeError, AssertionError, NotImplementedError) as problem:
        why = str(problem).splitlines()[0]
        raise DeviceError(f"--device {device}: torch cannot use it here: {why}; say cpu or cuda") from None


def _folder(name: str, folder: str) -> Path:
    if not Path(folder).is_dir():
        raise ConfigError(f"method {name!r}: {folder} is not a folder")
    return Path(folder)


def _trained(name: str, run: Path, stride: int | None, device: str, seed: int) -> Method:
    from .checkpoints import load_model

    model: Any = load_model(run, device)
    if not hasattr(model, "align"):
        hint = f"; vqvae:{run} scores that" if hasattr(model, "rebuild") else ""
        what = type(model).__name__
        raise ConfigError(f"method {name!r}: expected the run of an aligner, got that of a {what}{hint}")
    chosen = {} if stride is None else {"stride": stride}

    def align(sample: Sample) -> AlignOutput:
        pair = (tensor_of_picture(sample[name]).to(device) for name in ("i1", "i2"))
        with torch.inference_mode():
            return model.align(*pair, seed=seed, **chosen)

    label = run.name if stride is None else f"{run.name}@{stride}"
    return Method(name, label, align, facts=_facts(model.config))


_REBUILT = {"vqvae": "igt", "vqvae-i1": "i1"}
"""What goes through a VQ-VAE: its ceiling for a diffusion model, and what copying I1 is worth in it."""


def _rebuilt(name: str, kind: str, run: Path, device: str) -> Method:
    from .checkpoints import load_model

    model: Any = load_model(run, device)
    if not hasattr(model, "rebuild"):
        what = type(model).__name__
        raise ConfigError(f"method {name!r}: expected the run of a network with a VQ-VAE, got that of a {what}")
    field = _REBUILT[kind]

    def align(sample: Sample) -> AlignOutput:
        with torch.inference_mode():
            return AlignOutput(model.rebuild(tensor_of_picture(sample[field]).to(device)))

    return Method(name, f"{field.capitalize()} through {run.name}", align, ("igt",) if field == "igt" else ())


def _facts(config: Any) -> dict[str, str]:
    """What the rows of the table of ablations differ in."""
    from .dmaligner_config import DmalignerConfig

    if not isinstance(config, DmalignerConfig):
        return {}
    return {
        "predicts": {"sample": "x0", "flow": "rectified flow"}.get(config.diffusion.predict, config.diffusion.predict),
        "DMP": "yes" if config.mask else "no",
        "loss": config.loss.space,
    }
