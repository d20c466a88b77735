"""Classical methods find motions that were put into textured pictures."""

import cv2
import numpy as np
import pytest
import torch

from viewlock.geometry import apply_homography, homography_dlt
from viewlock.models import baselines
from viewlock.models.photos import read_photo
from viewlock.models.warping import flow_of_homography, in_frame, look_up, tensor_of_flow, tensor_of_picture

HEIGHT, WIDTH = 120, 180
HOMOGRAPHY = np.array([[1.03, 0.02, 4.0], [-0.015, 0.98, -3.0], [6e-5, -4e-5, 1.0]])


@pytest.fixture(scope="module")
def texture():
    """Noise of several sizes, twice as large as a picture."""
    draw = np.random.default_rng(0)
    shape = (2 * HEIGHT, 2 * WIDTH)
    layers = [cv2.resize(draw.random((shape[0] // k, shape[1] // k, 3)), shape[::-1]) for k in (3, 6, 12, 24)]
    return np.rint(np.mean(layers, axis=0) * 255 * 1.6 - 80).clip(0, 255).astype(np.uint8)


@pytest.fixture(scope="module")
def pair(texture):
    """I1, and I2 such that HOMOGRAPHY maps pixels of 1 to 2."""
    offset = np.array([[1, 0, WIDTH / 2], [0, 1, HEIGHT / 2], [0, 0, 1]])
    to_texture = [offset, offset @ np.linalg.inv(HOMOGRAPHY)]
    flows = [tensor_of_flow(flow_of_homography(H, WIDTH, HEIGHT)) for H in to_texture]
    picture = tensor_of_picture(texture)
    # look_up takes a picture of the flow's size: crops of the texture give larger frames.
    seen = []
    for flow in flows:
        large = torch.zeros(1, 2, *texture.shape[:2])
        large[..., :HEIGHT, :WIDTH] = flow
        seen.append(look_up(picture, large)[0, :, :HEIGHT, :WIDTH].permute(1, 2, 0).numpy())
    return tuple(np.rint(p * 255).astype(np.uint8) for p in seen)


def truth():
    return flow_of_homography(HOMOGRAPHY, WIDTH, HEIGHT)


def errors(flow):
    inside = in_frame(tensor_of_flow(truth()))[0].numpy()
    return np.linalg.norm(flow - truth(), axis=-1)[inside]


@pytest.mark.parametrize(
    ("method", "median_px", "p95_px"),
    [
        ("sift_homography", 0.1, 0.3),
        ("ecc_homography", 0.05, 0.15),
        ("mesh_homographies", 0.15, 0.5),
        ("dis_flow", 0.2, 2.0),
        ("farneback_flow", 0.3, 20.0),  # its window reaches beyond the border, where it is lost
    ],
)
def test_a_known_homography_is_found(pair, method, median_px, p95_px):
    found = errors(getattr(baselines, method)(*pair))
    nothing = errors(np.zeros_like(truth()))
    assert np.median(found) < median_px < 0.1 * np.median(nothing)
    assert np.quantile(found, 0.95) < p95_px


def test_a_mesh_follows_two_planes_where_one_homography_cannot(texture):
    """Left and right half move differently."""
    i1 = texture[40 : 40 + HEIGHT, 40 : 40 + WIDTH]
    left, right = (texture[40 + d : 40 + d + HEIGHT, 40 : 40 + WIDTH] for d in (4, -4))
    i2 = np.concatenate([left[:, : WIDTH // 2], right[:, WIDTH // 2 :]], axis=1)
    wanted = np.where(np.arange(WIDTH) < WIDTH // 2, -4.0, 4.0)
    gaps = {}
    for name in ("sift_homography", "mesh_homographies"):
        flow = getattr(baselines, name)(i1, i2)
        gaps[name] = np.abs(flow[10:-10, :, 1] - wanted)[:, np.abs(np.arange(WIDTH) - WIDTH / 2) > 45].mean()
    assert 3 * gaps["mesh_homographies"] < 1.5 < gaps["sift_homography"]


def test_moving_dlt_with_even_weights_is_the_plain_one():
    draw = np.random.default_rng(4)
    source = draw.uniform(0, 100, (30, 2))
    target = apply_homography(HOMOGRAPHY, source) + draw.normal(0, 0.3, (30, 2))
    at = draw.uniform(0, 100, (5, 2))
    moved = baselines.moving_dlt(source, target, at, sigma_px=1e9, floor=1.0)
    assert np.allclose(moved, apply_homography(homography_dlt(source, target), at), atol=1e-6)


def test_moving_dlt_listens_to_what_is_near():
    draw = np.random.default_rng(5)
    source = draw.uniform(0, 100, (200, 2))
    shift = np.where(source[:, :1] < 50, [[3.0, 0.0]], [[-3.0, 0.0]])
    moved = baselines.moving_dlt(source, source + shift, np.array([[10.0, 50.0], [90.0, 50.0]]), 15.0, 0.01)
    assert np.allclose(moved - [[10, 50], [90, 50]], [[3, 0], [-3, 0]], atol=0.2)


def test_flat_pictures_give_nothing_to_hold_on_to():
    flat = np.full((64, 96, 3), 120, np.uint8)
    assert baselines.sift_homography(flat, flat) is None
    assert baselines.mesh_homographies(flat, flat) is None
    assert baselines.ecc_homography(flat, flat) is None


@pytest.mark.parametrize("method", ["sift_homography", "ecc_homography", "mesh_homographies", "dis_flow"])
def test_the_same_pair_gives_the_same_flow(pair, method):
    find = getattr(baselines, method)
    threads = cv2.getNumThreads()
    try:
        cv2.setNumThreads(1)
        first = find(*pair)
        cv2.setNumThreads(3)
        assert np.array_equal(first, find(*pair))
        assert cv2.getNumThreads() == 3, "the setting is given back"
    finally:
        cv2.setNumThreads(threads)


def test_a_real_pair_with_a_known_shift(assets):
    """Original(x, y) = Transformed(x + 75, y - 75), an ultrasound picture."""
    folder = assets / "eval" / "translation"
    pair = [read_photo(folder / f"{name}X75Y75.png") for name in ("Original", "Transformed")]
    flow = baselines.sift_homography(*pair)
    assert flow is not None
    assert np.abs(flow[100:300, 100:300] - [75, -75]).max() < 0.1
