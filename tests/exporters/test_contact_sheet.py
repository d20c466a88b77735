"""A contact sheet shows what is in the data."""

import cv2
import numpy as np
import pytest

from viewlock.exporters.contact_sheet import contact_sheet
from viewlock.exporters.dataset import ShardDataset
from viewlock.exporters.tiles import flow_colours

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
