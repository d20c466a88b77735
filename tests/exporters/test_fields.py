"""Every field of the format: what goes in comes out, in the file form the format promises."""

import struct
import warnings

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from viewlock.errors import DatasetError
from viewlock.exporters.fields import FIELDS, decode_member, encode_sample, field_of
from viewlock.renderer.sample import Flow

shapes = st.tuples(st.integers(1, 12), st.integers(1, 17))
images = shapes.flatmap(lambda s: arrays(np.uint8, (*s, 3)))
masks = shapes.flatmap(lambda s: arrays(np.bool_, s))
indices = shapes.flatmap(lambda s: arrays(np.uint16, s))
numbers = st.floats(-700, 700, width=32)
flows = shapes.flatmap(
    lambda s: st.builds(Flow, arrays(np.float32, (*s, 2), elements=numbers), arrays(np.bool_, s))
)  # fmt: skip

IMAGES = [
    "i1",
    "i2",
    "igt",
    "label",
    "00",
    "42",
    "fixed",
    "moved",
    "i1_clean",
    "clean_07",
    "i2_bracket0",
    "bracket9_42",
]
MASKS = ["occluded_1to2", "occluded_gtto2", "dynamic_1", "dynamic_gt", "dynamic", "relit_1togt", "unreliable_gt",
         "overlap_1", "valid_00", "occluder_03", "shadow_10", "highlight_99"]  # fmt: skip


def encode(name, value, form="png"):
    ((member, data),) = encode_sample("000001-002", {name: value}, form).items()
    return member, data


def through(name, value, form="png"):
    member, data = encode(name, value, form)
    key, field, back = decode_member(member, data)
    assert (key, field) == ("000001-002", name)
    return back


@settings(deadline=None, max_examples=30)
@given(images, st.sampled_from(IMAGES))
def test_pictures_round_trip(image, name):
    back = through(name, image)
    assert back.dtype == np.uint8
    np.testing.assert_array_equal(back, image)


@settings(deadline=None, max_examples=30)
@given(masks, st.sampled_from(MASKS))
def test_masks_round_trip_in_one_bit(mask, name):
    back = through(name, mask)
    assert back.dtype == bool
    np.testing.assert_array_equal(back, mask)
    assert header(encode(name, mask)[1])[2:] == (1, 0)


def header(png):
    """(width, height, bits a sample, colour type) of a PNG."""
    assert png[12:16] == b"IHDR"
    return struct.unpack(">IIBB", png[16:26])


def test_bit_depths_of_the_other_pictures():
    flow = Flow(np.zeros((5, 7, 2), np.float32), np.ones((5, 7), bool))
    assert header(encode("i1", np.zeros((5, 7, 3), np.uint8))[1]) == (7, 5, 8, 2)
    assert header(encode("flow_1to2", flow)[1]) == (7, 5, 16, 2)
    assert header(encode("instances_1", np.zeros((5, 7), np.uint16))[1]) == (7, 5, 16, 0)


@settings(deadline=None, max_examples=30)
@given(indices)
def test_instances_round_trip(index):
    back = through("instances_gt", index)
    assert back.dtype == np.uint16
    np.testing.assert_array_equal(back, index)


@settings(deadline=None, max_examples=50)
@given(flows)
def test_flow_png_is_exact_to_half_a_64th_and_invalid_beyond_512(flow):
    back = through("flow_1to2", flow)
    sayable = flow.valid & (np.abs(flow.flow) < 511.98).all(axis=-1)
    unsayable = (np.abs(flow.flow) > 512.01).any(axis=-1)
    assert back.flow.dtype == np.float32
    assert back.valid[sayable].all()
    assert not back.valid[~flow.valid].any()
    assert not back.valid[unsayable].any()
    np.testing.assert_allclose(back.flow[back.valid], flow.flow[back.valid], atol=1 / 128)
    assert (back.flow[~back.valid] == 0).all()


def test_flow_png_says_minus_512_but_not_plus_512():
    u = np.array([[-512.0, 511.984375, 512.0, -512.02]], np.float32)
    flow = Flow(np.stack([u, np.zeros_like(u)], axis=-1), np.ones((1, 4), bool))
    back = through("flow_1to2", flow)
    np.testing.assert_array_equal(back.valid, [[True, True, False, False]])
    np.testing.assert_array_equal(back.flow[0, :2, 0], u[0, :2])


def test_flow_png_of_what_is_not_a_number_is_invalid_without_a_warning():
    raw = np.array([[[np.nan, 0], [np.inf, 1], [2, -np.inf], [1, 2]]], np.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        back = through("flow_1to2", Flow(raw, np.array([[True, True, False, True]])))
    np.testing.assert_array_equal(back.valid, [[False, False, False, True]])


def test_flow_png_is_what_kitti_says():
    """Red is u * 64 + 2^15, green v * 64 + 2^15, blue is valid (devkit of KITTI 2015)."""
    u, v = np.array([[1.5, -3.25]], np.float32), np.array([[-7.0, 0.015625]], np.float32)
    flow = Flow(np.stack([u, v], axis=-1), np.array([[True, True]]))
    blue, green, red = cv2.split(cv2.imdecode(np.frombuffer(encode("flow_1to2", flow)[1], np.uint8), -1))
    np.testing.assert_array_equal(red, u * 64 + 32768)
    np.testing.assert_array_equal(green, v * 64 + 32768)
    np.testing.assert_array_equal(blue, [[1, 1]])


@settings(deadline=None, max_examples=30)
@given(flows)
def test_flow_npz_is_exact(flow):
    member, _ = encode("flow_2to1", flow, "npz")
    assert member.endswith(".flow_2to1.npz")
    back = through("flow_2to1", flow, "npz")
    assert back.flow.dtype == np.float32 and back.valid.dtype == bool
    np.testing.assert_array_equal(back.flow, flow.flow)
    np.testing.assert_array_equal(back.valid, flow.valid)


@settings(deadline=None, max_examples=30)
@given(shapes.flatmap(lambda s: arrays(np.float32, s, elements=st.floats(0, width=32, allow_infinity=True))))
def test_depth_is_exact_and_may_be_infinite(depth):
    back = through("depth_2", depth)
    assert back.dtype == np.float32
    np.testing.assert_array_equal(back, depth)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), json_values))
def test_meta_round_trips(meta):
    assert through("meta", meta) == meta


def test_meta_refuses_what_json_does_not_know():
    with pytest.raises(ValueError, match="JSON"):
        encode("meta", {"x": float("nan")})


def test_the_same_values_give_the_same_bytes():
    flow = Flow(np.full((4, 5, 2), 3.7, np.float32), np.ones((4, 5), bool))
    values = {"i1": np.full((4, 5, 3), 7, np.uint8), "flow_1to2": flow, "meta": {"b": 1, "a": [1.5]}}
    for form in ("png", "npz"):
        assert encode_sample("k", values, form) == encode_sample("k", dict(reversed(values.items())), form)


@pytest.mark.parametrize(
    "name", ["i3", "igt_clean", "i1_bracket10", "flow_1to1x", "flow1to2", "dynamic_3", "occluded", "Meta", ""]
)
def test_unknown_fields_are_refused(name):
    with pytest.raises(DatasetError, match="not part of the format"):
        field_of(name)
    with pytest.raises(DatasetError, match=f"member '000001-002.{name}.png'.*not part of the format"):
        decode_member(f"000001-002.{name}.png", b"")


def test_a_field_has_no_other_extension():
    with pytest.raises(DatasetError, match=r"'i1' as \.npz"):
        decode_member("000001-002.i1.npz", b"")


@pytest.mark.parametrize("name", ["README", "000001-002.i1", "a.b.c.png"])
def test_member_names_have_three_parts(name):
    with pytest.raises(DatasetError, match=r"expected <key>\.<field>\.<extension>"):
        decode_member(name, b"")


SAMPLES = {
    "i1": np.random.default_rng(0).integers(0, 256, (20, 30, 3)).astype(np.uint8),
    "dynamic": np.random.default_rng(1).random((20, 30)) > 0.5,
    "instances_1": np.random.default_rng(2).integers(0, 900, (20, 30)).astype(np.uint16),
    "flow_1to2": Flow(np.random.default_rng(3).normal(size=(20, 30, 2)).astype(np.float32), np.ones((20, 30), bool)),
    "depth_1": np.random.default_rng(4).random((20, 30)).astype(np.float32),
    "i1_linear": np.random.default_rng(5).random((20, 30, 3)).astype(np.float32),
    "meta": {"a": [1, 2, 3], "b": "ü"},
}


@pytest.mark.parametrize("form", ["png", "npz"])
@pytest.mark.parametrize("name", SAMPLES)
def test_damaged_members_are_named(name, form):
    member, data = encode(name, SAMPLES[name], form)
    middle = len(data) // 2
    damaged = [b"", data[:10], data[:middle], data[:-3], b"\xff" * 40]
    if not member.endswith("json"):
        damaged.append(data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :])
    for bad in damaged:
        with pytest.raises(DatasetError, match=f"member '{member}': ") as caught:
            decode_member(member, bad)
        assert "\n" not in str(caught.value)


def test_a_picture_of_another_field_is_refused():
    """Decoding it anyway would give an array of the wrong shape or meaning."""
    pictures = {name: encode(name, SAMPLES[name])[1] for name in ("i1", "dynamic", "instances_1", "flow_1to2")}
    for name in pictures:
        for other, data in pictures.items():
            if other != name:
                with pytest.raises(DatasetError, match=r"expected a PNG with \d channels"):
                    decode_member(f"k.{name}.png", data)


def test_an_archive_of_another_field_is_refused():
    depth = encode("depth_1", SAMPLES["depth_1"])[1]
    with pytest.raises(DatasetError, match=r"member 'k.flow_1to2.npz'.*'flow'"):
        decode_member("k.flow_1to2.npz", depth)


def test_every_field_of_the_registry_is_tried_here():
    tried = [*IMAGES, *MASKS, *SAMPLES]
    untried = [f.pattern.pattern for f in FIELDS if not any(f.pattern.fullmatch(name) for name in tried)]
    assert untried == []
