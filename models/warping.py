"""Looking up one picture where a flow points in another, and where that lookup means anything.

Every classical method of this room ends here: a homography, a mesh and a dense flow all are a flow from I1 to I2.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import grid_sample

from viewlock.geometry import apply_homography, pixel_grid

from .aligner import AlignOutput

FORWARD_BACKWARD = (0.01, 0.5)
"""UnFlow's constants (Meister et al. 2018, Eq. 2): share of the squared lengths, and squared pixels."""


def positions(flow: Tensor) -> Tensor:
    """(B, 2, H, W) pixel coordinates (x, y) that a flow (B, 2, H, W) points at."""
    height, width = flow.shape[-2:]
    y, x = torch.meshgrid(
        torch.arange(height, dtype=flow.dtype, device=flow.device),
        torch.arange(width, dtype=flow.dtype, device=flow.device),
        indexing="ij",
    )
    return torch.stack([x, y]) + flow


def look_up(picture: Tensor, flow: Tensor) -> Tensor:
    """`picture` (B, C, H, W) at x + flow(x), bilinear; beyond its border the nearest pixel of the border."""
    height, width = picture.shape[-2:]
    at = positions(flow)
    # align_corners=True takes -1 and 1 as the centres of the outer pixels: integers are centres, as everywhere here.
    scale = torch.tensor([max(width - 1, 1), max(height - 1, 1)], dtype=at.dtype, device=at.device).view(1, 2, 1, 1)
    grid = (2 * at / scale - 1).permute(0, 2, 3, 1)
    return grid_sample(picture, grid, mode="bilinear", padding_mode="border", align_corners=True)


def in_frame(flow: Tensor) -> Tensor:
    """(B, H, W) whether a flow points into the picture, whose border lies half a pixel beyond the outer centres."""
    x, y = positions(flow).unbind(1)
    height, width = flow.shape[-2:]
    return (x >= -0.5) & (x < width - 0.5) & (y >= -0.5) & (y < height - 0.5)


def consistent(forward: Tensor, backward: Tensor) -> Tensor:
    """(B, H, W) pixels whose flow there and back returns to where it began, and which stay in the frame.

    |f + b(x + f)|^2 < 0.01 (|f|^2 + |b(x + f)|^2) + 0.5, with f = flow_1to2 and b = flow_2to1 (B, 2, H, W).
    """
    share, floor = FORWARD_BACKWARD
    back = look_up(backward, forward)
    gap = (forward + back).square().sum(1)
    return (gap < share * (forward.square().sum(1) + back.square().sum(1)) + floor) & in_frame(forward)


def warp_to_first(i1: Tensor, i2: Tensor, flow_1to2: Tensor, trusted: Tensor | None = None) -> AlignOutput:
    """I2 seen along a flow from I1's pixels.

    Where the flow points out of I2 there is nothing to see and I1 stands in. `valid` leaves these pixels out, and
    those that are not `trusted` (B, H, W), which still show what the flow points at: the ghosts of warping.
    """
    inside = in_frame(flow_1to2)
    image = torch.where(inside[:, None], look_up(i2, flow_1to2), i1)
    return AlignOutput(image, flow_1to2=flow_1to2, valid=inside if trusted is None else inside & trusted)


def flow_of_homography(H_1to2: NDArray[np.float64], width: int, height: int) -> NDArray[np.float32]:
    """(H, W, 2) flow of a homography; pixels that it sends behind the camera point far out of the frame."""
    grid = pixel_grid(width, height)
    depth = np.c_[grid, np.ones(len(grid))] @ H_1to2[2] * np.sign(np.linalg.det(H_1to2))
    with np.errstate(divide="ignore", invalid="ignore"):
        target = apply_homography(H_1to2, grid)
    flow = np.where((depth > 1e-9)[:, None], target - grid, 1e6)
    return np.clip(flow, -1e6, 1e6).reshape(height, width, 2).astype(np.float32)


def tensor_of_picture(picture: NDArray[np.uint8]) -> Tensor:
    """uint8 (H, W, 3) -> float (1, 3, H, W) in [0, 1]."""
    return torch.from_numpy(np.ascontiguousarray(picture.transpose(2, 0, 1)))[None].float() / 255


def picture_of_tensor(image: Tensor) -> NDArray[np.uint8]:
    """float (1, 3, H, W) in [0, 1] -> uint8 (H, W, 3)."""
    scaled = torch.nan_to_num(image[0].float()).clamp(0, 1) * 255
    return np.ascontiguousarray(scaled.round().byte().cpu().numpy().transpose(1, 2, 0))


def tensor_of_flow(flow: NDArray[np.float32]) -> Tensor:
    """(H, W, 2) -> (1, 2, H, W)."""
    return torch.from_numpy(np.ascontiguousarray(flow.transpose(2, 0, 1)))[None].float()
