"""The preset that docs/assets.md shows, on real files."""

import re
from pathlib import Path

import pytest

from viewlock.assets_manifest.add import add_folder
from viewlock.generator.config import load_config
from viewlock.generator.plan import draw, load_catalogue

DOCUMENT = Path(__file__).resolve().parents[2] / "docs/assets.md"


@pytest.fixture
def preset(tmp_path):
    """The document's preset with manifests of one's own: `preset("a.yaml")`."""
    (text,) = re.findall(r"```yaml\n(# real\.yaml.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)

    def write(*manifests):
        file = tmp_path / "real.yaml"
        shown = "/data/models/viewlock-assets.yaml"
        assert text.count(shown) == 1
        file.write_text(text.replace(shown, ", ".join(map(str, manifests))))
        return str(file)

    return write


def test_it_is_a_preset(preset):
    config = load_config(preset("/data/mine.yaml"))
    assert config.assets.manifests == ("/data/mine.yaml",) and config.assets.share == 1.0
    assert config.size == (480, 270) and config.environments.dome == 0.4


def test_scenes_of_it_take_place_among_real_files(preset, assets, tmp_path):
    """Environments, camera paths, recordings and texture sets; models are imported elsewhere."""
    manifests = []
    for kind in ("hdris", "trajectories", "motion", "textures"):
        manifests.append(tmp_path / f"{kind}.yaml")
        add_folder(assets / kind, manifests[-1], licence="CC0-1.0", author="Somebody")
    config = load_config(preset(*manifests), {"splits": {"train": 1.0}, "sequences": 2, "frames": 2})
    catalogue = load_catalogue(config)
    (line,) = catalogue.left_out
    assert "Chainmail004" in line and "holes" in line
    used = {asset.id.split("/")[0] for k in range(6) for asset in draw(config, catalogue, k).assets}
    assert {"hdri", "trajectory", "motion", "texture"} <= used
