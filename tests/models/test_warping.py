"""Looking pictures up along a flow, against shifts of whole pixels, polynomials and naive loops."""

import numpy as np
import pytest
import torch

from viewlock.geometry import apply_homography, pixel_grid
from viewlock.models.warping import (
    consistent,
    flow_of_homography,
    in_frame,
    look_up,
    picture_of_tensor,
    tensor_of_flow,
    tensor_of_picture,
    warp_to_first,
)

H, W = 20, 31


def constant(dx, dy):
    return torch.tensor([dx, dy]).view(1, 2, 1, 1).expand(1, 2, H, W).float()


@pytest.fixture
def noise():
    return torch.rand(1, 3, H, W, generator=torch.Generator().manual_seed(1))


def test_no_flow_gives_the_picture_back_exactly(noise):
    assert torch.allclose(look_up(noise, constant(0, 0)), noise, atol=1e-6)


def test_a_shift_of_whole_pixels_is_a_crop(noise):
    seen = look_up(noise, constant(3, -2))
    assert torch.allclose(seen[..., 2:, : W - 3], noise[..., : H - 2, 3:], atol=1e-5)


def test_a_ramp_is_looked_up_exactly_between_pixels():
    x, y = np.meshgrid(np.arange(W), np.arange(H))
    ramp = torch.from_numpy((0.01 * x + 0.02 * y).astype(np.float32))[None, None]
    seen = look_up(ramp, constant(0.25, 0.6))[0, 0, : H - 1, : W - 1]
    assert torch.allclose(seen, ramp[0, 0, : H - 1, : W - 1] + 0.01 * 0.25 + 0.02 * 0.6, atol=1e-5)


def test_beyond_the_border_stands_the_border(noise):
    assert torch.allclose(look_up(noise, constant(-100, 0)), noise[..., :1].expand_as(noise), atol=1e-6)


def test_the_frame_ends_half_a_pixel_beyond_the_centres():
    assert in_frame(constant(-0.5, 0))[0, :, 0].all()
    assert not in_frame(constant(-0.51, 0))[0, :, 0].any()
    assert in_frame(constant(0.49, 0))[0, :, -1].all()
    assert not in_frame(constant(0.5, 0))[0, :, -1].any()


def test_the_check_against_a_loop():
    draw = torch.Generator().manual_seed(2)
    there, back = (torch.rand(1, 2, H, W, generator=draw) * 8 - 4 for _ in range(2))
    found = consistent(there, back)[0].numpy()
    brought = look_up(back, there)[0].numpy()
    inside = in_frame(there)[0].numpy()
    for y in range(H):
        for x in range(W):
            f, b = there[0, :, y, x].numpy(), brought[:, y, x]
            wanted = inside[y, x] and (f + b) @ (f + b) < 0.01 * (f @ f + b @ b) + 0.5
            assert found[y, x] == wanted
    assert 0 < found.mean() < 1


def test_the_check_trusts_flows_that_undo_each_other_inside_the_frame():
    assert torch.equal(consistent(constant(4, 0), constant(-4, 0)), in_frame(constant(4, 0)))
    assert not consistent(constant(4, 0), constant(4, 0)).any()


def test_out_of_the_frame_stands_i1_and_is_not_valid(noise):
    i1 = torch.zeros_like(noise)
    out = warp_to_first(i1, noise, constant(5, 0))
    assert (out.image[..., W - 5 :] == 0).all()
    assert torch.allclose(out.image[..., : W - 5], noise[..., 5:], atol=1e-5)
    assert out.valid is not None
    assert out.valid[0, 0].tolist() == [True] * (W - 5) + [False] * 5


def test_what_is_not_trusted_shows_its_ghost_but_is_not_valid(noise):
    out = warp_to_first(torch.zeros_like(noise), noise, constant(0, 0), torch.zeros(1, H, W, dtype=torch.bool))
    assert torch.allclose(out.image, noise, atol=1e-6)
    assert out.valid is not None
    assert not out.valid.any()


def test_flow_of_a_homography_is_its_displacement():
    homography = np.array([[1.02, 0.01, 2.0], [-0.02, 0.99, -1.0], [1e-4, -2e-4, 1.0]])
    flow = flow_of_homography(homography, W, H)
    wanted = apply_homography(homography, pixel_grid(W, H)) - pixel_grid(W, H)
    assert np.allclose(flow.reshape(-1, 2), wanted, atol=1e-4)
    assert np.allclose(flow_of_homography(-3 * homography, W, H), flow, atol=1e-4), "the scale of H says nothing"


def test_what_a_homography_sends_behind_the_camera_is_out_of_the_frame():
    homography = np.array([[1.0, 0, 0], [0, 1, 0], [-0.1, 0, 1]])  # x > 10 lies behind
    inside = in_frame(tensor_of_flow(flow_of_homography(homography, W, H)))[0].numpy()
    assert not inside[:, 10:].any()
    assert inside[0, 0]


def test_pictures_survive_tensors():
    picture = np.random.default_rng(3).integers(0, 256, (H, W, 3), np.uint8)
    assert np.array_equal(picture_of_tensor(tensor_of_picture(picture)), picture)
    assert picture_of_tensor(torch.tensor([[[[2.0]], [[-1.0]], [[float("nan")]]]])).tolist() == [[[255, 0, 0]]]
