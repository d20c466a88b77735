"""The scale of a file by what it is called, and by the proportions of a body."""

import numpy as np
import pytest

from viewlock.assets_manifest.prepared import Hints
from viewlock.blender_scenes.importers.sizing import scale_of
from viewlock.errors import ConfigError

CAT = {"called": "cat", "plausible_m": (0.3, 0.8)}


@pytest.mark.parametrize(
    ("largest", "metres", "said"),
    [
        (0.5, 0.5, None),
        (50.0, 0.5, "taken as centimetres"),
        (20.0, 0.508, "taken as inches"),
        (1.0, 0.3048, "taken as feet"),
        (4.0, 0.4, "taken as decimetres"),
        (0.05, 0.5, "taken as decametres"),
        (0.9e6, 0.49, "scaled to 0.49 m"),
    ],
)
def test_what_has_a_name_has_its_size(largest, metres, said):
    factor, note = scale_of(np.array([0.1, 1.0, 0.2]) * largest, Hints(**CAT), "object")
    assert largest * factor == pytest.approx(metres, rel=1e-3)
    assert (note is None) if said is None else ("as cat 0.3 to 0.8 m" in note and note.endswith(said))


def test_what_was_stated_counts_more():
    size = np.array([2.0, 2.0, 1.0])
    assert scale_of(size, Hints(unit_m=3.0, **CAT), "object") == (3.0, None)
    assert scale_of(size, Hints(height_m=3.0, **CAT), "object") == (3.0, None)


@pytest.mark.parametrize(
    ("height", "child", "stocky", "metres"),
    [
        (1.45, False, False, 1.45), (1.99, False, False, 1.99), (175.0, False, False, 1.75),
        (5.5, False, False, 1.6764), (2.1, False, False, 1.72), (1.1, False, False, 1.72), (1.1, True, False, 1.1),
        (4.0, True, False, 1.2192), (5.5, False, True, 1.4), (1.5, False, True, 1.5),
    ],
)  # fmt: skip
def test_heights_of_people(height, child, stocky, metres):
    factor, note = scale_of(np.array([1.0, 0.3, height]), Hints(child=child), "person", stocky)
    assert height * factor == pytest.approx(metres, rel=1e-6) and (note is None) == (metres == height)


def test_a_range_that_is_none_is_one_line():
    with pytest.raises(ConfigError, match="plausible_m"):
        Hints(plausible_m=(2.0, 1.0))
