"""Inpainting by Stable Diffusion of what warping cannot show, from weights on this disk.

I2 is warped along DIS flow; pixels whose flow does not return to its start, or leaves the frame, are painted by the
network, all others stay as warped. What the paper's row of this name inpaints is not published; this is our reading.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import interpolate

from viewlock.errors import DatasetError, MissingLibraryError

from .aligner import AlignOutput
from .baselines import dis_flow
from .warping import consistent, tensor_of_flow, tensor_of_picture, warp_to_first

STEPS = 30
_MULTIPLE = 8
"""Sizes that the pipeline takes."""


def sd_inpaint(folder: Path, device: str, seed: int, steps: int = STEPS) -> Callable[[Mapping[str, Any]], AlignOutput]:
    """The method, with the `StableDiffusionInpaintPipeline` that was saved in `folder` (such as
    `stable-diffusion-2-inpainting`). Nothing is downloaded, and the prompt is empty.

    Raises:
        MissingLibraryError: diffusers or transformers is not installed.
        DatasetError: the folder holds something else.
    """
    try:
        import transformers  # noqa: F401  # pyright: ignore[reportMissingImports]
        from diffusers import StableDiffusionInpaintPipeline  # pyright: ignore[reportPrivateImportUsage]
    except (ImportError, RuntimeError) as problem:
        why = str(problem).splitlines()[0]
        raise MissingLibraryError(
            f"method sd-inpaint: cannot be loaded ({why}); pip install diffusers transformers"
        ) from None
    try:
        pipeline: Any = StableDiffusionInpaintPipeline.from_pretrained(
            str(folder),
            local_files_only=True,
            safety_checker=None,
            requires_safety_checker=False,
            low_cpu_mem_usage=False,
        )
    except Exception as problem:  # diffusers raises whatever the folder provokes
        why = str(problem).splitlines()[0]
        raise DatasetError(f"{folder}: expected a saved Stable Diffusion inpainting pipeline: {why}") from None
    pipeline = pipeline.to(device)
    pipeline.set_progress_bar_config(disable=True)

    def align(sample: Mapping[str, Any]) -> AlignOutput:
        i1, i2 = sample["i1"], sample["i2"]
        there, back = (tensor_of_flow(dis_flow(*pair)) for pair in ((i1, i2), (i2, i1)))
        warped = warp_to_first(tensor_of_picture(i1), tensor_of_picture(i2), there, consistent(there, back))
        assert warped.valid is not None
        if warped.valid.all():
            return replace(warped, valid=None)
        hole = ~warped.valid[:, None]
        painted = _paint(pipeline, warped.image, hole, seed, steps)
        return AlignOutput(torch.where(hole, painted, warped.image), flow_1to2=there)

    return align


def _paint(pipeline: Any, image: Tensor, hole: Tensor, seed: int, steps: int) -> Tensor:
    """`image` (1, 3, H, W) with `hole` (1, 1, H, W) filled, through a size that the network takes."""
    height, width = (-(-side // _MULTIPLE) * _MULTIPLE for side in image.shape[-2:])
    sized = interpolate(image, (height, width), mode="bilinear", antialias=True)
    mask = interpolate(hole.float(), (height, width), mode="nearest")
    filled = pipeline(
        prompt="", image=sized, mask_image=mask, height=height, width=width, num_inference_steps=steps,
        generator=torch.Generator("cpu").manual_seed(seed), output_type="pt",
    ).images  # fmt: skip
    return interpolate(filled.float().cpu(), image.shape[-2:], mode="bilinear", antialias=True).clamp(0, 1)
