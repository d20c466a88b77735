"""Linear, clean and bracketed pictures in files, in readers, in the papers and under verification."""

import io
import json
import sys
from types import SimpleNamespace

import numpy as np
import pytest

from viewlock.colour import tone
from viewlock.degrade import NEUTRAL
from viewlock.errors import DatasetError, MissingLibraryError
from viewlock.exporters import fields
from viewlock.exporters.cards import card
from viewlock.exporters.checks import general_faults
from viewlock.exporters.croissant import croissant
from viewlock.exporters.dataset import ShardDataset
from viewlock.exporters.fields import HALF_MAX, decode_member, encode_sample
from viewlock.exporters.photographs import exposure_of, stored_beside
from viewlock.exporters.tar import tar_bytes
from viewlock.generator.config import load_config, to_plain

pytest.importorskip("OpenEXR")

LINEAR = np.random.default_rng(0).lognormal(-1.5, 1.5, (20, 30, 3)).astype(np.float32)
GAINS = ((1.0, 1.0, 1.0), (1.1, 1.0, 0.9))
DEGRADE = {"degrade.keep_clean": True, "degrade.brackets_ev": [-2, 2], "encoding.linear": "exr",
           "degrade.sensor.share": 1.0}  # fmt: skip


def sample(**changes):
    """Pictures of a triple, of which I1 and I2 are spoilt."""
    meta = {"kind": "dsia", "exposure_ev": [0.5, -0.25], "white_balance": [list(g) for g in GAINS]}
    made = {"key": "000000-000", "meta": meta | {"degradations": {"i1": {}, "i1_bracket0": {"exposure_ev": -9.0}}}}
    for name in ("i1", "igt"):
        made |= {f"{name}_linear": LINEAR, name: tone(LINEAR, *exposure_of(meta, name))}
    made |= {"i1_clean": made["i1"], "i1": made["i1"] // 2 + 20, "i1_bracket0": made["i1"] // 64}
    return made | changes


# ------------------------------------------------------------------ files
def test_linear_pictures_are_half_floats_under_the_picture_s_name():
    for name, member in (("i1_linear", "k.i1.exr"), ("linear_07", "k.07.exr"), ("label_linear", "k.label.exr")):
        ((found, data),) = encode_sample("k", {name: LINEAR}).items()
        key, field, back = decode_member(found, data)
        assert (found, key, field, back.dtype) == (member, "k", name, np.float32)
        np.testing.assert_array_equal(back, LINEAR.astype(np.float16))
        np.testing.assert_allclose(back, LINEAR, rtol=2**-11)


def test_light_that_half_floats_cannot_say_is_clipped():
    extreme = np.zeros((4, 5, 3), np.float32)
    extreme[0, 0], extreme[1, 1] = [1e9, 70000, np.inf], -0.5
    back = decode_member("k.i1.exr", encode_sample("k", {"i1_linear": extreme})["k.i1.exr"])[2]
    assert (back[0, 0] == HALF_MAX).all() and back.min() == 0 and (back > 0).sum() == 3


def test_the_header_says_nothing_of_when_and_where():
    import OpenEXR

    data = [fields.encode_linear(LINEAR) for _ in range(2)]
    assert data[0] == data[1]
    header = OpenEXR.File(io.BytesIO(data[0])).header()
    assert header.keys() == {"channels", "chromaticities", "compression", "dataWindow", "displayWindow", "lineOrder",
                             "pixelAspectRatio", "screenWindowCenter", "screenWindowWidth", "type"}  # fmt: skip


def test_a_picture_of_other_channels_is_refused():
    import OpenEXR

    buffer = io.BytesIO()
    OpenEXR.File({"type": OpenEXR.scanlineimage}, {"Z": np.zeros((4, 5), np.float32)}).write(buffer)
    with pytest.raises(DatasetError, match=r"member 'k\.i1\.exr': not an OpenEXR picture with red, green and blue"):
        decode_member("k.i1.exr", buffer.getvalue())


@pytest.mark.parametrize(("module", "found"), [(None, "none"), (SimpleNamespace(__version__="3.4.1"), "3.4.1")])
def test_without_the_library_it_is_named(monkeypatch, module, found):
    monkeypatch.setitem(sys.modules, "OpenEXR", module)
    with pytest.raises(MissingLibraryError, match=f"needed for linear pictures, found {found}; run: pip install"):
        fields.encode_linear(LINEAR)


# ------------------------------------------------------------------ readers
def test_both_files_of_a_picture_are_read_and_either_alone(tmp_path):
    made = sample()
    shard = tmp_path / "one.tar"
    shard.write_bytes(tar_bytes(sorted(encode_sample(made.pop("key"), made).items())))
    (read,) = ShardDataset(shard)
    assert read.keys() == {"key"} | made.keys()
    np.testing.assert_array_equal(read["i1"], made["i1"])
    for chosen in (["i1"], ["i1_linear"], ["i1_clean", "i1_bracket0"]):
        assert ShardDataset(shard, fields=chosen)[0].keys() == {"key", *chosen}
    data = pytest.importorskip("viewlock.models.data", reason="needs torch")
    (again,) = data.open_samples([shard], None, ["i1", "i1_linear"])
    np.testing.assert_array_equal(again["i1"], made["i1"])
    np.testing.assert_array_equal(again["i1_linear"], read["i1_linear"])
    with pytest.raises(DatasetError, match="has no field 'i2_linear'"):
        data.open_samples([shard], None, ["i2_linear"])


@pytest.mark.parametrize(
    ("meta", "name", "expected"),
    [
        ({"exposure_ev": [0.5, -0.25], "white_balance": GAINS}, "i1", (0.5, GAINS[0])),
        ({"exposure_ev": [0.5, -0.25], "white_balance": GAINS}, "igt", (-0.25, GAINS[1])),
        ({"exposure_ev": 0.75}, "i2", (0.75, NEUTRAL)),
        ({"exposure_ev": [1.0, 2.0, 3.0]}, "02", (3.0, NEUTRAL)),
        ({"exposure_ev": [1.0, 2.0, 3.0]}, "label", (0.0, NEUTRAL)),
    ],
)
def test_exposures_of_pictures(meta, name, expected):
    assert exposure_of(meta, name) == expected


# ------------------------------------------------------------------ verification
def test_what_is_whole_passes_and_a_bracket_may_be_black():
    assert list(general_faults(sample())) == []
    whole = sample()
    lit = {**whole, "meta": {**whole["meta"], "degradations": {"i1": {}, "i1_bracket0": {"exposure_ev": 0.0}}}}
    assert any(line.startswith("i1_bracket0: black") for line in general_faults(lit))


DAMAGES = {
    "brighter": ({"igt_linear": LINEAR * np.float32(1.1)}, "igt_linear: its exposure and tone do not give the clean"),
    "spoilt": ({"i1_clean": sample()["i1"]}, "i1_linear: its exposure and tone do not give the clean picture"),
    "not a number": ({"i1_linear": LINEAR * np.nan}, "i1_linear: has values that are no radiance"),
    "negative": ({"igt_linear": LINEAR - 1}, "igt_linear: has values that are no radiance"),
    "size": ({"igt_linear": LINEAR[:-1]}, "sizes differ"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_named(name):
    changes, words = DAMAGES[name]
    assert any(line.startswith(words) for line in general_faults(sample(**changes)))


def test_a_missing_bracket_is_named():
    found = sample()
    del found["i1_bracket0"]
    assert "i1_bracket0: missing, but meta.degradations has it" in list(general_faults(found))


# ------------------------------------------------------------------ papers
def content(preset, **overrides):
    config = to_plain(load_config(preset, overrides))
    splits = {"train": {"scenes": 1, "samples": 1, "subsets": {}}}
    return {"kind": config["kind"], "name": "n", "version": "0.0.0", "size": [8, 8], "splits": splits, "assets": [],
            "shards": [{"path": "a.tar", "bytes": 1, "sha256": "0", "samples": 1}],
            "provenance": {"config": config}}  # fmt: skip


def test_what_is_stored_beside_pictures():
    config = to_plain(load_config("planar-aligned", DEGRADE | {"views": 2}))
    more, linear = stored_beside(("label", "00", "01"), config)
    assert more == ["clean_00", "bracket0_00", "bracket1_00", "clean_01", "bracket0_01", "bracket1_01"]
    assert linear == ["label_linear", "linear_00", "linear_01"]
    assert stored_beside(("i1",), {"kind": "of before there was any of this"}) == ([], [])
    assert stored_beside(("i1", "igt"), to_plain(load_config("dsia"))) == ([], [])


def test_the_papers_know_them():
    plain, degraded = content("dsia"), content("dsia", **DEGRADE)
    files = {entry["@id"]: entry for entry in croissant(degraded)["distribution"]}
    assert files["i2_bracket1-files"]["includes"] == "*.i2_bracket1.png"
    assert (files["igt_linear-files"]["includes"], files["igt_linear-files"]["encodingFormat"]) == (
        "*.igt.exr", "image/x-exr")  # fmt: skip
    assert len(files) == 5 + 2 * 3 + 3 and len(croissant(plain)["distribution"]) == 5
    assert {"i1_clean", "i2_bracket0"} <= {records["name"] for records in croissant(degraded)["recordSet"]}
    json.dumps(croissant(degraded))
    text = card(degraded)
    assert "-2, +2 EV" in text and "`i1_clean`" in text and "`i1_linear`" in text and "labels are clean" in text
    assert "EV" not in card(plain) and "clean" not in card(plain)
