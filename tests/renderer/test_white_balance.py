"""White balance and exposure belong to the world: Igt and I2 have those of t2."""

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("bpy")
pytestmark = pytest.mark.render

from viewlock.renderer.stopwatch import Stopwatch  # noqa: E402
from viewlock.renderer.triples import TripleRenderer  # noqa: E402

from .conftest import render_full_scene  # noqa: E402


@pytest.fixture(scope="module")
def scene():
    """Of its own: other tests empty Blender."""
    return render_full_scene(40, "room", {"indoor": 1.0, "size": [96, 54], "render.samples": 4})


def rendered(scene, white_balance):
    """The first triple, small, with other gains."""
    sequence = scene.spec.sequences[0].model_copy(update={"white_balance": white_balance})
    spec = scene.spec.model_copy(update={"sequences": (sequence,)})
    live = replace(scene.live, spec=spec)
    return TripleRenderer(live, scene.moments, scene.config, Stopwatch()).render()[0].fields


def test_gains_of_t2_colour_igt_and_i2_and_those_of_t1_only_i1(scene):
    plain = rendered(scene, ((1.0, 1.0, 1.0), (1.0, 1.0, 1.0)))
    first = rendered(scene, ((0.5, 1.0, 1.0), (1.0, 1.0, 1.0)))
    second = rendered(scene, ((1.0, 1.0, 1.0), (0.5, 1.0, 1.0)))
    assert second["meta"]["white_balance"] == [[1.0, 1.0, 1.0], [0.5, 1.0, 1.0]]
    for name, changed, same in (("i1", first, second), ("igt", second, first), ("i2", second, first)):
        np.testing.assert_array_equal(same[name], plain[name])
        np.testing.assert_array_equal(changed[name][..., 1:], plain[name][..., 1:])
        # Half the linear light, where it was not clipped and the curve is a power: 8 bits hold it to about a step.
        before, after = (image[name][..., 0].astype(float) / 255 for image in (plain, changed))
        plainly = (before > 0.3) & (before < 1)
        assert plainly.mean() > 0.05
        linear = [((value[plainly] + 0.055) / 1.055) ** 2.4 for value in (before, after)]
        np.testing.assert_allclose(linear[1] / linear[0], 0.5, atol=0.03)
    assert second["meta"]["light_change_log"] == plain["meta"]["light_change_log"]
