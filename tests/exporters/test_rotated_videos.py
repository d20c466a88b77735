"""Fixed and rotated frames from real videos: the angle, no black corners, and every mistake."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from viewlock.colour import linear_from_srgb, tone
from viewlock.errors import DatasetError
from viewlock.exporters.rotated_videos import RotatedVideos, inscribed_scale, rotated
from viewlock.generator.degradations import DegradationRanges, StopErrors
from viewlock.geometry import apply_homography, rotation_homography

THETA = np.radians(17.0)


def scene(width: int, height: int, seed: int = 0) -> np.ndarray:
    """A smooth, bright picture without symmetry."""
    rng = np.random.default_rng(seed)
    coarse = rng.uniform(90, 250, (8, 10, 3)).astype(np.float32)
    return np.clip(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), 60, 255).astype(np.uint8)


def write_video(path: Path, frames: list[np.ndarray]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"mp4v"), 30.0, frames[0].shape[1::-1])
    for frame in frames:
        writer.write(np.ascontiguousarray(frame[..., ::-1]))
    writer.release()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One video of three frames of 320 x 240, and one folder of two frames of 200 x 128."""
    write_video(tmp_path / "books" / "one.mp4", [scene(320, 240, k) for k in range(3)])
    for k in range(2):
        path = tmp_path / "cups" / "blue" / f"{k:03d}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(path), scene(200, 128, 10 + k)[..., ::-1])
    return tmp_path


# ------------------------------------------------------------------ the rotation
def dot_picture(width: int, height: int, where: np.ndarray) -> np.ndarray:
    y, x = np.mgrid[:height, :width]
    blob = 250 * np.exp(-((x - where[0]) ** 2 + (y - where[1]) ** 2) / (2 * 2.0**2))
    return np.repeat(blob[..., None], 3, axis=2).round().astype(np.uint8)


def dot_of(picture: np.ndarray) -> np.ndarray:
    light = np.maximum(picture[..., 0].astype(float) - 8, 0)
    y, x = np.mgrid[: picture.shape[0], : picture.shape[1]]
    return np.array([(light * x).sum(), (light * y).sum()]) / light.sum()


def test_a_dot_on_the_right_goes_up():
    """Counter-clockwise as seen on the screen."""
    frame = dot_picture(101, 101, np.array([80.0, 50.0]))
    x, y = dot_of(rotated(frame, (101, 101), THETA, 1.0))
    np.testing.assert_allclose([x, y], [50 + 30 * np.cos(THETA), 50 - 30 * np.sin(THETA)], atol=0.03)


@pytest.mark.parametrize("scale", [0.7, 1.0, 1.9, 3.3])
def test_dots_go_where_the_homography_says(scale):
    size, where = (64, 48), np.array([50.0, 14.0])
    frame_size = (301, 222)
    middle = (np.array(frame_size) - 1) / 2
    frame = dot_picture(*frame_size, middle + scale * (where - (np.array(size) - 1) / 2))
    found = dot_of(rotated(frame, size, THETA, scale))
    expected = apply_homography(rotation_homography(THETA, *size), where[None])[0]
    np.testing.assert_allclose(found, expected, atol=0.05)
    assert np.linalg.norm(found - apply_homography(rotation_homography(-THETA, *size), where[None])[0]) > 5


@pytest.mark.parametrize(
    ("size", "theta"), [((32, 32), (-20.0, 20.0)), ((20, 16), (0.0, 5.0)), ((40, 15), (-90.0, 90.0))]
)
def test_the_inscribed_scale_is_the_largest_that_shows_no_border(size, theta):
    frame = np.full((60, 80, 3), 255, np.uint8)
    ends = np.radians(theta)
    scale = inscribed_scale((80, 60), size, (ends[0], ends[1]))

    def darkest(scale: float) -> int:
        """On a frame within black; `rotated` mirrors, so the black is put around the frame."""
        wide = cv2.copyMakeBorder(frame, 60, 60, 60, 60, cv2.BORDER_CONSTANT)
        return min(int(rotated(wide, size, angle, scale).min()) for angle in np.linspace(*ends, 31))

    assert darkest(0.99 * scale) == 255
    assert darkest(1.05 * scale) < 250


# ------------------------------------------------------------------ the reader
def test_pairs_of_files_and_folders(folder):
    data = RotatedVideos(folder, size=(64, 64))
    assert data.keys == [f"books/one-{k:06d}" for k in range(3)] + [f"cups/blue-{k:06d}" for k in range(2)]
    pairs = list(data)
    assert [pair["key"] for pair in pairs] == data.keys
    for pair in pairs:
        assert pair["fixed"].shape == pair["moved"].shape == (64, 64, 3)
        assert pair["fixed"].min() > 40 and pair["moved"].min() > 40  # the pictures are bright: no black corner
        assert -20 <= pair["meta"]["theta_deg"] <= 20
    assert len({pair["meta"]["theta_deg"] for pair in pairs}) == 5
    assert {pair["meta"]["rotate"] for pair in pairs} == {"resample"}


def test_the_angle_turns_fixed_into_moved(folder):
    for pair in RotatedVideos(folder, size=(96, 96)):
        theta = np.radians(pair["meta"]["theta_deg"])
        centre = (slice(24, 72), slice(24, 72))

        def error(angle: float, pair=pair, centre=centre) -> float:
            turned = rotated(pair["fixed"], (96, 96), angle, 1.0)
            return float(np.abs(turned[centre].astype(int) - pair["moved"][centre]).mean())

        assert error(theta) < 0.7
        assert error(theta) < 0.5 * min(error(0.0), error(-theta), error(theta + 0.05), error(theta - 0.05))


def test_the_same_seed_gives_the_same_pairs(folder):
    one, two, other = (RotatedVideos(folder, (64, 64), seed=seed) for seed in (3, 3, 4))
    np.testing.assert_array_equal(one[4]["moved"], two[4]["moved"])
    assert one[4]["meta"] == two[4]["meta"]
    assert one[4]["meta"]["theta_deg"] != other[4]["meta"]["theta_deg"]
    # What one video gives does not depend on the others.
    assert RotatedVideos(folder / "cups", (64, 64), seed=3)[1]["meta"]["theta_deg"] != 0


def test_each_picture_is_degraded_on_its_own(folder):
    ranges = DegradationRanges(share={"noise": 1.0}, noise_sigma=(10.0, 10.0), jpeg_quality=(20, 20))
    clean, noisy = RotatedVideos(folder, (64, 64)), RotatedVideos(folder, (64, 64), degrade_by=ranges)
    assert noisy[3]["meta"]["theta_deg"] == clean[3]["meta"]["theta_deg"]
    assert (noisy[3]["meta"]["noise_sigma"], noisy[3]["meta"]["jpeg_quality"]) == (10.0, None)
    dim = ranges.model_copy(update={"share": {"none": 1.0}, "exposure": StopErrors(share=1.0, ev=(-1.0, -1.0))})
    dark = RotatedVideos(folder, (64, 64), degrade_by=dim)[3]
    np.testing.assert_array_equal(dark["fixed"], tone(linear_from_srgb(clean[3]["fixed"]), -1.0))
    assert dark["meta"]["degradations"]["moved"]["exposure_ev"] == -1.0 and "degradations" not in noisy[3]["meta"]
    one, two = (noisy[3][name].astype(float) - clean[3][name] for name in ("fixed", "moved"))
    assert one.std() > 7 and two.std() > 7
    assert abs(np.corrcoef(one.ravel(), two.ravel())[0, 1]) < 0.05


def test_frames_as_high_as_the_picture(folder):
    """Of 200 x 128: a part of it, enlarged; or all of its height with mirrored corners. Never black."""
    part = RotatedVideos(folder / "cups", (128, 128))[0]
    mirrored = RotatedVideos(folder / "cups", (128, 128), padding="reflect")[0]
    assert part["meta"]["scale"] == pytest.approx(1 / (np.cos(np.radians(20)) + np.sin(np.radians(20))))
    assert (mirrored["meta"]["scale"], mirrored["meta"]["padding"]) == (1.0, "reflect")
    assert part["moved"].min() > 40 and mirrored["moved"].min() > 40
    frame = cv2.imread(str(folder / "cups" / "blue" / "000.png"))[..., ::-1]
    np.testing.assert_array_equal(mirrored["fixed"], frame[:, 36:164])


def test_long_videos_are_kept_small(tmp_path):
    write_video(tmp_path / "large.avi", [scene(1280, 720)])
    data = RotatedVideos(tmp_path / "large.avi", (64, 64))
    (video,) = data._videos
    assert (video.frames[0].shape, video.reduced) == ((180, 320, 3), 4)
    assert data[0]["meta"]["scale"] == pytest.approx(720 / 64 / (np.cos(np.radians(20)) + np.sin(np.radians(20))))


def test_a_real_video(assets):
    data = RotatedVideos(assets / "eval" / "davis" / "judo", (128, 128), seed=2)
    assert [key.split("-")[0] for key in data.keys] == ["judo"] * 4
    for pair in data:
        theta, inner = np.radians(pair["meta"]["theta_deg"]), (slice(32, 96), slice(32, 96))
        errors = [
            np.abs(rotated(pair["fixed"], (128, 128), angle, 1.0)[inner].astype(int) - pair["moved"][inner]).mean()
            for angle in (theta, 0.0, -theta)
        ]
        assert errors[0] < 0.7 * min(errors[1:])


# ------------------------------------------------------------------ mistakes
def refused(*words, **options) -> str:
    with pytest.raises(DatasetError) as error:
        list(RotatedVideos(*words, **options))
    assert "\n" not in str(error.value)
    return str(error.value)


def test_mistakes(tmp_path):
    assert "there is none" in refused(tmp_path / "nowhere")
    (tmp_path / "notes.txt").write_text("no video")
    assert "found none" in refused(tmp_path)
    assert "there is none" in refused(tmp_path / "notes.txt")
    (tmp_path / "broken.mp4").write_bytes(b"not a video" * 50)
    assert "broken.mp4: expected a video" in refused(tmp_path)
    (tmp_path / "broken.mp4").unlink()
    (tmp_path / "frames").mkdir()
    (tmp_path / "frames" / "0.png").write_bytes(b"not a picture")
    assert "0.png: expected a picture" in refused(tmp_path)
    assert "padding: expected none or reflect, got 'black'" in refused(tmp_path, padding="black")
