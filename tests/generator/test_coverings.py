"""Which texture sets suit which surfaces, and where plans put them."""

import numpy as np
import pytest

from viewlock.assets_manifest.catalogue import Asset, Catalogue, procedural
from viewlock.generator.config import load_config
from viewlock.generator.coverings import REPEAT_M, draw_coverings, uses_of, why_not
from viewlock.generator.places import PLACES, stage
from viewlock.generator.plan import draw


def texture(name, folder=None, **values):
    return Asset(id=f"texture/{name}", kind="texture", sha256=f"{abs(hash(name)):064x}"[:64], path=folder, **values)


@pytest.mark.parametrize(
    ("name", "values", "uses"),
    [
        ("castle_brick_broken_06", {}, ("wall",)),
        ("coast_sand_rocks_02", {}, ("ground",)),
        ("brick_pavement_02", {}, ("paving",)),  # what it is for counts more than what it is made of
        ("WoodFloor051", {}, ("floor",)),
        ("concrete_layers", {}, ("floor", "paving", "wall")),
        ("Fabric042", {}, ()),
        ("clay_roof_tiles", {}, ()),
        ("Fabric042", {"tags": ("carpet",)}, ("floor",)),
        ("lib/ground/marble_01", {}, ("floor",)),  # folders are no names
    ],
)
def test_what_a_set_is_for(name, values, uses):
    assert uses_of(texture(name, **values)) == uses


def test_why_a_set_cannot_be_used(tmp_path):
    for name, files, why in (
        ("Chain", ["Chain_1K_Color.jpg", "Chain_1K_Opacity.jpg"], "holes"),
        ("wall_a", ["wall_a_arm_1k.jpg"], "no picture of its colour"),
        ("Foil002", ["Foil002_1K_Color.jpg"], "say whether"),
        ("wall_b", ["wall_b_diff_1k.jpg"], None),
    ):
        folder = tmp_path / name
        folder.mkdir()
        for file in files:
            (folder / file).write_bytes(b"")
        found = why_not(texture(name, folder))
        assert (found is None) if why is None else why in found


@pytest.mark.parametrize("kind", PLACES)
def test_coverings_are_on_parts_that_are_there(kind):
    names = [name for name, _, _ in stage(kind, PLACES[kind](np.random.default_rng(0))).planes]
    sets = [texture(f"{name}_x", height_m=1.5 if name == "wall" else None) for name in REPEAT_M]
    found = draw_coverings(kind, names, sets, 1.0, np.random.default_rng(0))
    known = {*names, "land"}
    parts = [part for covering in found for part in covering.parts]
    assert len(parts) == len(set(parts)) and set(parts) <= known
    for covering in found:
        walls = covering.parts[0].startswith(("wall_", "front_", "end_"))
        assert (covering.asset.id == "texture/wall_x") == walls
        assert covering.repeat_m == (1.5 if walls else REPEAT_M[covering.asset.id[8:-2]])
    assert draw_coverings(kind, names, sets, 0.0, np.random.default_rng(0)) == ()


def test_plans_take_them_in_their_share_and_do_not_change_without_them(tmp_path):
    (tmp_path / "wall_diff.jpg").write_bytes(b"")
    config = load_config("dsia", {"indoor": 1.0, "frames": 2, "splits.val": 0.0, "splits.test": 0.0})
    sets = [texture("brick_wall", tmp_path, split="train"), texture("oak_planks", tmp_path, split="test")]
    bare = draw(config, Catalogue(procedural()), 0)
    covered = draw(load_config("dsia", {**config.model_dump(mode="json"), "assets.share": 1.0}),
                   Catalogue([*procedural(), *sets]), 0)  # fmt: skip
    (covering,) = covered.place.coverings  # the floor's set is of another split
    assert covering.asset.id == "texture/brick_wall" and covering.asset in covered.assets
    assert len(covering.parts) == 4 and all(part.startswith("wall_") for part in covering.parts)
    assert covered.model_dump(exclude={"place"}) == bare.model_dump(exclude={"place"})


def test_assets_may_be_a_list(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text("preset: dsia\nassets: [polyhaven-hdris]\n")
    short = [load_config("dsia", {"assets": value}) for value in (["polyhaven-hdris"], "polyhaven-hdris")]
    for config in (*short, load_config(str(file))):
        assert config.assets.manifests == ("polyhaven-hdris",) and config.assets.share == 0.5
    assert load_config("dsia", {"assets": ["a.yaml"], "assets.share": 0.9}).assets.share == 0.9
