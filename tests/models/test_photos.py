"""Anybody's pictures: orientation, grey, 16 bit, alpha, sizes, and every way to be refused."""

import cv2
import numpy as np
import pytest

from viewlock.errors import ConfigError, DatasetError
from viewlock.models.methods import get_method
from viewlock.models.photos import align_photos, frames_of, read_photo, same_size, write_photo

H, W = 40, 56


@pytest.fixture
def picture():
    """A smooth picture with one red corner at the top left."""
    x, y = np.meshgrid(np.linspace(0, 1, W), np.linspace(0, 1, H))
    made = np.rint(np.stack([40 + 20 * x, 60 + 60 * y, 90 + 60 * x * y], -1)).astype(np.uint8)
    made[:12, :12] = [250, 10, 10]
    return made


def saved(file, array):
    assert cv2.imwrite(str(file), array)
    return file


def test_png_comes_back(picture, tmp_path):
    file = tmp_path / "Bild ü.png"
    write_photo(file, picture)
    assert np.array_equal(read_photo(file), picture)


@pytest.mark.parametrize(("orientation", "corner"), [(1, "tl"), (3, "br"), (6, "tr"), (8, "bl")])
def test_exif_orientation_is_followed(picture, tmp_path, orientation, corner):
    data = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 95])[1].tobytes()
    entry = b"\x01\x12\x00\x03\x00\x00\x00\x01" + bytes([0, orientation, 0, 0])
    tiff = b"MM\x00\x2a\x00\x00\x00\x08\x00\x01" + entry + bytes(4)
    app1 = b"Exif\x00\x00" + tiff
    file = tmp_path / "turned.jpg"
    file.write_bytes(data[:2] + b"\xff\xe1" + (len(app1) + 2).to_bytes(2, "big") + app1 + data[2:])
    seen = read_photo(file)
    assert seen.shape == ((H, W, 3) if orientation in (1, 3) else (W, H, 3))
    y = 4 if corner[0] == "t" else seen.shape[0] - 5
    x = 4 if corner[1] == "l" else seen.shape[1] - 5
    assert seen[y, x, 0] > 200 > 60 > seen[y, x, 1]


def test_grey_becomes_rgb(picture, tmp_path):
    seen = read_photo(saved(tmp_path / "grey.png", picture[..., 1]))
    assert np.array_equal(seen, np.repeat(picture[..., 1:2], 3, axis=2))


def test_sixteen_bits_become_eight(picture, tmp_path):
    assert np.array_equal(read_photo(saved(tmp_path / "a.png", picture[..., ::-1].astype(np.uint16) * 257)), picture)
    grey = picture[..., 0].astype(np.uint16) * 257
    assert np.array_equal(read_photo(saved(tmp_path / "b.tif", grey))[..., 2], picture[..., 0])


@pytest.mark.parametrize("most", [255, 65535])
def test_the_transparent_lies_on_white(picture, tmp_path, most):
    scaled = picture[..., ::-1].astype(np.uint16) * (most // 255)
    alpha = np.full((H, W, 1), most)
    alpha[:, : W // 2] = 0
    dtype = np.uint8 if most == 255 else np.uint16
    seen = read_photo(saved(tmp_path / "alpha.png", np.concatenate([scaled, alpha], -1).astype(dtype)))
    assert (seen[:, : W // 2] == 255).all()
    assert np.array_equal(seen[:, W // 2 :], picture[:, W // 2 :])


def test_what_is_no_picture_is_refused(tmp_path):
    with pytest.raises(DatasetError, match="cannot be read: No such file"):
        read_photo(tmp_path / "nothing.png")
    for data in (b"", b"plain words"):
        (tmp_path / "text.png").write_bytes(data)
        with pytest.raises(DatasetError, match="expected a picture"):
            read_photo(tmp_path / "text.png")
    with pytest.raises(DatasetError, match="got float32; tone-map"):
        read_photo(saved(tmp_path / "linear.tiff", np.zeros((H, W, 3), np.float32)))
    with pytest.raises(DatasetError, match="at least 32 pixels a side, got 20 x 40"):
        read_photo(saved(tmp_path / "small.png", np.zeros((40, 20, 3), np.uint8)))


def test_other_sizes_are_refused_or_resized(picture):
    other = cv2.resize(picture, (28, 20))
    with pytest.raises(
        ConfigError, match="a and b: expected pictures of one size, got 56 x 40 and 28 x 20; say --resize"
    ):
        same_size(picture, other, "a and b")
    assert same_size(picture, other, "", resize=True).shape == picture.shape
    assert same_size(picture, picture, "") is picture


def test_names_that_say_no_format_are_refused(picture, tmp_path):
    with pytest.raises(ConfigError, match=r"expected a file name that ends in \.png"):
        write_photo(tmp_path / "picture.gif", picture)


def test_frames_are_sorted_and_counted(picture, tmp_path):
    for name in ("b.png", "a.PNG", "notes.txt"):
        (tmp_path / name).write_bytes(b"")
    assert [file.name for file in frames_of(tmp_path)] == ["a.PNG", "b.png"]
    (tmp_path / "a.PNG").unlink()
    with pytest.raises(DatasetError, match="expected two frames at least"):
        frames_of(tmp_path)
    with pytest.raises(DatasetError, match="expected a folder"):
        frames_of(tmp_path / "b.png")


def test_two_photos_are_aligned(picture, tmp_path):
    """By the copy of I2, in another format; the sheet shows both and the result."""
    one, two = tmp_path / "1.png", tmp_path / "2.png"
    write_photo(one, picture)
    write_photo(two, picture[::-1])
    align_photos(one, two, tmp_path / "out.png", get_method("identity"), resize=False, sheet=tmp_path / "sheet.jpg")
    assert np.array_equal(read_photo(tmp_path / "out.png"), picture[::-1])
    assert read_photo(tmp_path / "sheet.jpg").std() > 20
    with pytest.raises(ConfigError, match="'true-flow': needs truth that pictures alone lack"):
        align_photos(one, two, tmp_path / "out.png", get_method("true-flow"), resize=False)


def test_a_real_pair_comes_nearer(assets):
    """The released demo pair: the still background fits better after SIFT than before."""
    files = [assets / "eval" / "dsia_demo" / f"pair2_i{k}.png" for k in (1, 2)]
    i1, i2 = (cv2.resize(read_photo(file), (320, 180), interpolation=cv2.INTER_AREA) for file in files)
    output = get_method("sift").align({"key": "k", "i1": i1, "i2": i2})
    gap_before, gap_after = (
        np.median(np.abs(p.astype(float) - i1)) for p in (i2, output.image[0].permute(1, 2, 0).numpy() * 255)
    )
    assert gap_after < 0.7 * gap_before
