"""Which environment pictures may be the sky of another place."""

import cv2
import numpy as np
import pytest

from viewlock.assets_manifest.catalogue import Asset, Catalogue, procedural
from viewlock.generator.config import load_config
from viewlock.generator.dsia import Redraw, sample
from viewlock.generator.skies import looks_open, open_sky


def sky(clouds=0.0):
    """A blue dome, brighter towards the horizon, over dark rough ground."""
    rng = np.random.default_rng(1)
    rows = np.linspace(1, 0, 128)[:, None, None]
    above = np.broadcast_to((1.2 - 0.6 * rows) * np.array([0.5, 0.7, 1.0]), (128, 512, 3)).copy()
    above += clouds * cv2.GaussianBlur(rng.random((128, 512)).astype(np.float32), (0, 0), 12)[..., None]
    return np.concatenate([above, 0.1 * rng.random((128, 512, 3))]).astype(np.float32)


def hall():
    """Beams and lamps overhead."""
    picture = sky()
    picture[:128] = np.where((np.arange(512) // 9 % 2)[None, :, None], 0.05, 0.4)
    return picture


def warm_ceiling():
    picture = sky()
    picture[:128] = [0.6, 0.5, 0.4]
    return picture


@pytest.mark.parametrize(
    ("picture", "expected"),
    [(sky(), True), (sky(clouds=3.0), True), (1e-3 * sky(), True), (hall(), False), (warm_ceiling(), False)],
)
def test_skies_are_smooth_and_not_warm(picture, expected):
    assert looks_open(picture) is expected
    assert looks_open(np.roll(picture, 200, axis=1)) is expected
    assert looks_open(cv2.resize(picture, (1024, 512))) is expected


def asset(path, picture, **more):
    cv2.imwrite(str(path), picture[..., ::-1])
    return Asset(id=f"hdri/{path.stem}", kind="hdri", sha256=f"{abs(hash(path)):064x}", path=path, **more)


def test_tags_speak_first_and_unreadable_files_are_closed(tmp_path):
    hall_file = asset(tmp_path / "hall.hdr", hall())
    assert not open_sky(hall_file) and open_sky(asset(tmp_path / "sky.hdr", sky()))
    assert open_sky(hall_file.model_copy(update={"tags": ("outdoor",)}))
    broken = tmp_path / "broken.hdr"
    broken.write_bytes(b"#?RADIANCE\nnothing")
    assert not open_sky(Asset(id="hdri/broken", kind="hdri", sha256="0" * 64, path=broken))


def places(config, environment):
    catalogue = Catalogue([*procedural(), environment])
    for scene_id in range(12):
        for attempt in range(20):
            try:
                spec = sample(config, catalogue, scene_id, attempt)
            except Redraw:
                continue
            yield spec
            break


def test_a_hall_is_a_place_of_its_own_and_never_a_backdrop(tmp_path):
    few = {"people": [1, 1], "objects": [2, 3], "moving_objects": [1, 1], "frames": 2, "sequences": 1}
    found = asset(tmp_path / "hall.hdr", hall())
    specs = list(places(load_config("dsia", {"environments.dome": 0.5, **few}), found))
    assert len(specs) == 12
    assert {spec.place.asset.id for spec in specs if spec.world.asset.id == found.id} == {"place/dome"}
    assert sum(spec.world.asset.id == found.id for spec in specs) == 12
    without = list(places(load_config("dsia", {"environments.dome": 0.0, **few}), found))
    assert all(spec.world.asset.id != found.id for spec in without)
    assert (
        len({spec.place.asset.id for spec in places(load_config("dsia", few), asset(tmp_path / "sky.hdr", sky()))}) > 2
    )
