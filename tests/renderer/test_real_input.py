"""Environment pictures and camera paths of the user's own, through to the finished sample."""

from __future__ import annotations

import numpy as np
import pytest

from viewlock.generator.config import load_config
from viewlock.generator.plan import draw, load_catalogue

bpy = pytest.importorskip("bpy")
pytestmark = pytest.mark.render


@pytest.fixture(scope="module")
def rendered(request):
    assets = request.getfixturevalue("assets")
    from viewlock.renderer.scene import make_scene

    values = {
        "size": [96, 54],
        "sequences": 1,
        "frames": 2,
        "render.samples": 2,
        "indoor": 0.0,
        "environments.folder": str(assets / "hdris"),
        "trajectories.folder": str(assets / "trajectories" / "realestate10k"),
        "trajectories.share": 1.0,
        "splits": {"train": 1.0},
    }
    config = load_config("dsia", values)
    catalogue = load_catalogue(config)
    return catalogue, make_scene(draw(config, catalogue, 0), config, catalogue)


def test_they_are_used_and_named_by_checksum(rendered):
    catalogue, scene = rendered
    used = {asset.id: asset for asset in scene.spec.assets}
    for kind in ("hdri", "trajectory"):
        names = [name for name in used if name.startswith(f"{kind}/")]
        assert len(names) == 1
        assert used[names[0]].sha256 == catalogue.get(names[0]).sha256
    assert scene.spec.sequences[0].trajectory.kind == "file"
    assert "shared" not in scene.spec.model_dump_json()  # no path


def test_the_picture_is_lit_by_the_environment(rendered):
    _, scene = rendered
    assert not any(light.kind == "sun" for light in scene.spec.lights)
    picture = scene.samples[0].fields["i1"]
    assert 30 < picture.mean() < 220 and picture.std() > 10


def test_the_camera_moves_as_in_the_file(rendered, assets):
    """Between two frames the camera turns as much as some two poses of the clip do."""
    from viewlock.generator.trajectories import read_trajectory

    _, scene = rendered
    trajectory = scene.spec.sequences[0].trajectory
    path = assets / "trajectories/realestate10k" / f"{trajectory.asset.id.split('/')[1]}.txt"
    _, poses = read_trajectory(path)
    angle = lambda a, b: np.arccos(np.clip((np.trace(a[:3, :3].T @ b[:3, :3]) - 1) / 2, -1, 1))  # noqa: E731
    most = max(angle(poses[0], pose) for pose in poses)
    one, two = (trajectory.cam_to_world(t) for t in scene.spec.sequences[0].frame_times_s)
    assert 0 < angle(one, two) <= most + 1e-6
