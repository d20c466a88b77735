"""Moods, what changes from frame to frame, and that a sun stays where the sky shows it."""

from collections import Counter

import numpy as np
import pytest

from viewlock.assets_manifest.catalogue import Asset
from viewlock.errors import ConfigError
from viewlock.generator import places
from viewlock.generator.config import load_config
from viewlock.generator.dsia import sample
from viewlock.generator.light_changes import STRENGTHS, draw_change, draw_exposure, draw_white_balance
from viewlock.generator.lights import INDOOR, OUTDOOR, draw_light, sunlight
from viewlock.generator.places import PLACES, stage
from viewlock.generator.plan import draw_plan, load_catalogue
from viewlock.generator.randomness import stream

SKY = Asset.model_validate({"id": "sky/painted", "kind": "sky", "category": "", "sha256": "0" * 64})
TIMES = np.sort(np.random.default_rng(0).uniform(0, 1.2, 3))[:, None] + 0.4 * np.arange(7)
PAIRS = [(row[k], row[k + 1]) for row in TIMES for k in range(6)]
ROOFED = tuple(kind for kind in PLACES if kind in places.INDOOR)
OPEN = tuple(kind for kind in PLACES if kind not in ROOFED)
PLACE_OF = {mood: ROOFED if mood in INDOOR else OPEN for mood in (*OUTDOOR, *INDOOR)}


def light(mood, strength, seed, kind=None):
    kind = kind or PLACE_OF[mood][seed % len(PLACE_OF[mood])]
    place = stage(kind, PLACES[kind](np.random.default_rng(seed)))
    return draw_light(place, mood, SKY, None, strength, TIMES, lambda part: stream(1, seed, 0, part))


def tracks(found):
    for lamp in found.lamps:
        yield from (lamp.position, lamp.target, lamp.power, lamp.colour, lamp.size_m)
    yield from (found.world.strength, found.glow)


@pytest.mark.parametrize("mood", [*OUTDOOR, *INDOOR])
def test_without_change_nothing_changes(mood):
    for seed in range(6):
        found = light(mood, "none", seed)
        for track in tracks(found):
            assert len({tuple(track.at(t)) for t in TIMES.ravel()}) == 1


@pytest.mark.parametrize("strength", ["weak", "medium", "strong"])
@pytest.mark.parametrize("mood", [*OUTDOOR, *INDOOR])
def test_the_driven_light_changes_by_its_class_from_frame_to_frame(mood, strength):
    low, high = STRENGTHS[strength]
    for seed in range(12):
        found = light(mood, strength, seed)
        driven = [lamp for lamp in found.lamps if found.change.acts_on(lamp.name)]
        assert driven or found.change.acts_on("world")
        if found.change.event in ("colour", "move"):
            continue
        tracks = [lamp.power for lamp in driven] or [found.world.strength]
        for track in tracks:
            step = np.mean([abs(np.log(track.at(b)[0] / track.at(a)[0])) for a, b in PAIRS])
            assert step <= high + 1e-9
            assert step >= low - 1e-9 or np.ptp(np.log(np.array(track.values))) > 2.19


def test_a_change_is_the_same_light_at_the_same_time_for_all_sequences():
    found = light("noon", "strong", 0)
    sun = found.lamps[0]
    assert len(sun.power.times_s) == len(np.unique(TIMES))
    np.testing.assert_allclose(sun.power.times_s, np.unique(TIMES))


@pytest.mark.parametrize("mood", ["morning", "noon", "golden", "overcast", "night", "daylight"])
def test_suns_and_moons_stand_where_the_sky_shows_them_and_stay(mood):
    seen = 0
    for seed in range(10):
        found = light(mood, "strong", seed)
        for lamp in found.lamps:
            if lamp.kind != "sun":
                continue
            seen += 1
            assert len(lamp.position.values) == len(lamp.target.values) == 1
            towards = np.array(lamp.position.values[0]) - np.array(lamp.target.values[0])
            towards /= np.linalg.norm(towards)
            assert np.arcsin(towards[2]) == pytest.approx(found.world.params["sun_elevation"])
            bearing = np.arctan2(towards[1], towards[0]) + found.world.turn
            assert np.cos(bearing) == pytest.approx(1)
    assert seen >= 4


def test_a_passing_cloud_dims_the_sun_and_softens_it_smoothly():
    for seed in range(40):
        found = light("noon", "strong", seed)
        if found.change.event != "cloud":
            continue
        sun = found.lamps[0]
        fine = np.array(
            [[sun.power.at(t)[0], sun.size_m.at(t)[0], found.world.strength.at(t)[0]] for t in np.unique(TIMES)]
        )
        order = np.argsort(fine[:, 0])
        assert (np.diff(fine[order, 1]) <= 1e-9).all() and (np.diff(fine[order, 2]) >= -1e-9).all()
        assert np.ptp(np.log(fine[:, 2])) == pytest.approx(0.35 * np.ptp(np.log(fine[:, 0])))
        return
    raise AssertionError("no cloud in forty noons")


def test_street_lamps_burn_in_the_dark_only():
    for seed in range(4):
        for mood in OUTDOOR:
            found = light(mood, "none", seed, "street")
            lamps = [lamp for lamp in found.lamps if lamp.name.startswith("lamp-")]
            assert (len(lamps) >= 4) == (mood in ("dusk", "night"))
            assert found.glow.values[0][0] == (1.0 if lamps else 0.0)


def test_ceiling_lamps_shine_as_bright_as_they_light():
    seen = 0
    for seed in range(30):
        found = light("evening", "strong", seed)
        if found.change.event in ("switch", "flicker"):
            seen += 1
            lamp = next(lamp for lamp in found.lamps if lamp.name == "lamp-0")
            shares = [found.glow.at(t)[0] / lamp.power.at(t)[0] for t in TIMES.ravel()]
            np.testing.assert_allclose(shares, shares[0])
    assert seen >= 5


def test_the_lower_the_sun_the_redder():
    shares = [sunlight(np.radians(degrees), 0.3) for degrees in (5, 15, 60)]
    ratios = [share[0] / share[2] for share in shares]
    assert ratios[0] > 1.8 * ratios[1] > 1.8 * ratios[2] > 1.8
    assert (np.diff([share.sum() for share in shares]) > 0).all()


def test_the_metered_frame_is_one_of_the_brighter_ones():
    for seed in range(20):
        change = draw_change({"flicker": (1.0, ("lamp",))}, "strong", TIMES, np.random.default_rng(seed))
        for row in TIMES:
            level = np.interp(row, change.times_s, change.level)
            metered = level[change.meter_frame(row)]
            assert (level <= metered + 1e-12).sum() >= 5
            assert (level > metered).sum() <= 2


# ---------------------------------------------------------------- camera
def test_exposure_and_white_balance_stay_without_change():
    for seed in range(20):
        rng = np.random.default_rng(seed)
        assert draw_exposure("none", -0.5, 7, rng) == (-0.5,) * 7
        assert draw_white_balance("none", 7, rng) == ((1.0, 1.0, 1.0),) * 7


def test_exposure_and_white_balance_wander_more_the_stronger_the_change():
    def steps(draw, strength):
        rows = [draw(strength, np.random.default_rng(seed)) for seed in range(60)]
        return [np.abs(np.diff(row, axis=0)).mean() for row in rows]

    def gains(strength, rng):
        return np.log(draw_white_balance(strength, 7, rng))

    def stops(strength, rng):
        return np.array(draw_exposure(strength, 0.0, 7, rng))

    for draw in (gains, stops):
        means = [np.mean(steps(draw, strength)) for strength in ("weak", "medium", "strong")]
        assert means[0] > 0 and means[1] > 2 * means[0] and means[2] > 1.7 * means[1]
        assert 0.2 < np.mean(np.array(steps(draw, "strong")) == 0) < 0.6


def test_white_balance_has_a_stream_of_its_own():
    config = load_config("dsia", {"sequences": 2, "frames": 4, "light.change": {"strong": 1.0}})
    catalogue = load_catalogue(config)
    spec = next(draw_plan(config.model_copy(update={"scenes": 1}), catalogue)[0].__iter__())
    seen = [s.white_balance for s in spec.sequences]
    again = sample(config, catalogue, 0, spec.attempt)
    assert [s.white_balance for s in again.sequences] == seen
    assert all(s.white_balance[0] == (1.0, 1.0, 1.0) for s in spec.sequences)


# ---------------------------------------------------------------- moods of a plan
def test_moods_are_drawn_evenly_and_fit_the_place():
    config = load_config("dsia", {"scenes": 240, "sequences": 1, "frames": 2, "seed": 3})
    specs, _ = draw_plan(config, load_catalogue(config))
    counts = Counter(spec.light_mood for spec in specs)
    assert set(counts) == {*OUTDOOR, *INDOOR}
    for moods in (OUTDOOR, INDOOR):
        total = sum(counts[mood] for mood in moods)
        assert all(0.4 < counts[mood] / (total / len(moods)) < 1.7 for mood in moods)
    for spec in specs:
        assert spec.place.asset.id.split("/")[1] in PLACE_OF[spec.light_mood]
        assert (spec.light_event == "none") == (spec.light_change == "none")


def test_moods_can_be_chosen():
    config = load_config("dsia", {"scenes": 6, "light.moods": ["night", "neon"], "sequences": 1, "frames": 2})
    assert {spec.light_mood for spec in draw_plan(config, load_catalogue(config))[0]} <= {"night", "neon"}
    with pytest.raises(ConfigError, match=r"light\.moods: nothing for outdoor scenes"):
        load_config("dsia", {"light.moods": ["neon"]})
    load_config("dsia", {"light.moods": ["neon"], "indoor": 1.0})
