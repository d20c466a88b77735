"""A contact sheet shows what is in the data."""

import cv2
import numpy as np
import pytest

from viewlock.colour import tone
from viewlock.exporters.contact_sheet import contact_sheet
from viewlock.exporters.dataset import ShardDataset
from viewlock.exporters.kinds import SHOWN
from viewlock.exporters.photographs import LABELS
from viewlock.exporters.tiles import flow_colours
from viewlock.renderer.sample import Flow, beside

BAR, COLUMNS = 22, 9


@pytest.mark.render
@pytest.mark.parametrize(("rows", "shown"), [(12, 6), (4, 4), (1, 1)])
def test_size_and_content(tiny_dataset, tmp_path, rows, shown):
    target = tmp_path / "sheet.png"
    assert contact_sheet(ShardDataset(tiny_dataset), target, rows, width=120) == shown
    sheet = cv2.imread(str(target))
    assert sheet.shape == (BAR + shown * (BAR + 80), COLUMNS * 120, 3)
    first = sheet[2 * BAR : 2 * BAR + 80].reshape(80, COLUMNS, 120, 3)
    for column in (0, 1, 2, 3, 4, 8):  # pictures, flows and instances
        assert first[:, column].std() > 5
    for bar in (sheet[:BAR], sheet[BAR : 2 * BAR]):
        assert bar.min() < 100 < 200 < bar.max()


@pytest.mark.render
def test_the_first_tile_is_the_first_picture(tiny_dataset, tmp_path):
    target = tmp_path / "sheet.png"
    contact_sheet(ShardDataset(tiny_dataset), target, 1, width=96)
    tile = cv2.imread(str(target))[2 * BAR : 2 * BAR + 64, :96, ::-1]
    np.testing.assert_array_equal(tile, ShardDataset(tiny_dataset)[0]["i1"])


def test_flow_colours_show_direction_and_length():
    flow = np.zeros((1, 6, 2), np.float32)
    flow[0, 1:5] = [[4, 0], [0, 4], [-4, 0], [2, 0]]
    valid = np.array([[True] * 5 + [False]])
    still, right, down, left, half, invalid = flow_colours(flow, valid, longest_px=4.0)[0].astype(int)
    assert (still == 255).all() and (invalid == 0).all()
    assert right.argmax() == 0 and right[1:].max() < 10  # red
    assert down.argmin() == 2 and left[0] < 10
    np.testing.assert_allclose(half, (right + still) / 2, atol=2)


def test_flow_without_a_valid_pixel_is_black():
    assert (flow_colours(np.ones((3, 4, 2), np.float32), np.zeros((3, 4), bool)) == 0).all()


# ------------------------------------------------------------------ what is stored beside pictures
RGB = np.arange(24 * 32 * 3, dtype=np.uint8).reshape(24, 32, 3)
MASK = np.zeros((24, 32), bool)
FLOW = Flow(np.zeros((24, 32, 2), np.float32), ~MASK)
WITHOUT = {
    "dsia": {"flow_1to2": FLOW, "flow_gtto2": FLOW, "flow_1togt": FLOW, "dynamic": MASK, "occluded_1to2": MASK,
             "instances_gt": MASK.astype(np.uint16)},
    "parallax": {"flow_1to2": FLOW, "occluded_1to2": MASK, "overlap_1": MASK, "overlap_2": MASK},
    "rigid": {},
    "planar": {f"{mask}_{k:02d}": MASK for mask in ("valid", "shadow", "highlight", "occluder") for k in range(2)},
}  # fmt: skip
H = [np.eye(3).tolist()] * 2
META = {
    "dsia": {"exposure_ev": [0.0, 1.0], "white_balance": [[1.0, 1.0, 1.0], [2.0, 1.0, 1.0]]},
    "parallax": {"exposure_ev": 1.0, "H_1to2": H[0]}, "rigid": {"exposure_ev": 1.0, "H_fixedtomoved": H[0]},
    "planar": {"exposure_ev": [0.0, 1.0], "views": 2, "H_to_label": H},
}  # fmt: skip


def sample_of(kind):
    """A sample, and the same with clean, bracketed and linear pictures."""
    pictures = SHOWN[kind].pictures({"views": 2})
    taken = [name for name in pictures if name not in LABELS]
    plain = WITHOUT[kind] | dict.fromkeys(pictures, RGB) | {"meta": META[kind]}
    extra = {beside(name, what): RGB + 9 for name in taken for what in ("clean", "bracket0", "bracket1")}
    extra |= {beside(name, "linear"): np.full((24, 32, 3), 0.5, np.float32) for name in pictures}
    return plain, plain | extra | {"meta": META[kind] | {"brackets_ev": [-2, 1.5]}}, extra


@pytest.mark.parametrize("kind", SHOWN)
def test_everything_that_is_stored_beside_the_pictures_is_shown(kind):
    plain, full, extra = sample_of(kind)
    bare, more = (SHOWN[kind].rows(sample) for sample in (plain, full))
    shown = {tile.field: tile.picture for row in more for tile in row}
    assert extra.keys() <= shown.keys() and not extra.keys() & {tile.field for row in bare for tile in row}
    assert [[tile.title for tile in row] for row in bare] == [
        [tile.title for tile in row][: len(other)] for row, other in zip(more, bare, strict=False)
    ]
    for name in extra.keys() - {"label_linear"}:
        if "linear" not in name:
            np.testing.assert_array_equal(shown[name], RGB + 9)
    words = {tile.title for row in more for tile in row}
    assert any("clean" in title for title in words) and any("-2 EV" in title for title in words)
    assert any("+1.5 EV" in title for title in words) and any("3 EV darker" in title for title in words)


def test_linear_light_is_shown_darker_by_its_own_exposure():
    shown = {tile.field: tile.picture for row in SHOWN["dsia"].rows(sample_of("dsia")[1]) for tile in row}
    light = np.full((24, 32, 3), 0.5, np.float32)
    np.testing.assert_array_equal(shown["i1_linear"], tone(light, -3.0))
    np.testing.assert_array_equal(shown["igt_linear"], tone(light, -2.0, (2.0, 1.0, 1.0)))


def test_rows_of_a_sequence_begin_with_their_name():
    rows = SHOWN["planar"].rows(sample_of("planar")[1])
    assert [row[0].title for row in rows[2:]] == ["clean", "-2 EV", "+1.5 EV", "linear, 3 EV darker"]
    assert all(len(row) == 3 and row[0].picture.min() < 100 for row in rows[2:])
