"""What contact sheets show of pairs of views and of turned frames."""

import cv2
import numpy as np

from viewlock.exporters import pairs, turned
from viewlock.geometry import rotation_homography


def picture(seed: int = 0) -> np.ndarray:
    """Smooth and bright."""
    coarse = np.random.default_rng(seed).uniform(60, 250, (7, 9, 3)).astype(np.float32)
    return np.clip(cv2.resize(coarse, (96, 72), interpolation=cv2.INTER_CUBIC), 40, 255).astype(np.uint8)


def test_a_pair_that_a_homography_aligns_is_grey():
    i1 = picture()
    H = np.array([[1.02, 0.03, 4.0], [-0.02, 0.98, 3.0], [1e-4, 0, 1]])
    i2 = cv2.warpPerspective(i1, H, (96, 72), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    inner = (slice(12, 60), slice(12, 84))

    def colour(stated: np.ndarray) -> float:
        shown = pairs.overlaid({"i1": i1, "i2": i2, "meta": {"H_1to2": stated.tolist()}})[inner].astype(int)
        return float(np.abs(shown[..., 0] - shown[..., 1]).mean())

    assert colour(H) < 2
    assert colour(np.eye(3)) > 4 * colour(H)


def test_a_moved_picture_is_turned_back():
    fixed, theta = picture(1), np.radians(-14.0)
    H = rotation_homography(theta, 96, 72)
    moved = cv2.warpPerspective(fixed, H, (96, 72), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    back = turned.turned_back({"fixed": fixed, "moved": moved, "meta": {"H_fixedtomoved": H.tolist()}})
    inner = (slice(22, 50), slice(22, 74))
    assert np.abs(back[inner].astype(int) - fixed[inner]).mean() < 2
    assert np.abs(moved[inner].astype(int) - fixed[inner]).mean() > 8
    assert (back[0, 0] == 0).all()  # what a turned picture does not show stays black


def test_captions():
    meta = {"noise_sigma": 0.0, "jpeg_quality": None, "theta_deg": -3.21, "object": "object/cat", "group": "outdoors"}
    assert turned.caption(meta) == "-3.2 deg  cat (outdoors)  no noise, no JPEG"
    assert turned.caption({**meta, "noise_sigma": 9.7, "jpeg_quality": 30}).endswith("noise 10, JPEG 30")
