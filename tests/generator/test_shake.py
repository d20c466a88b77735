"""The spectra of hands and steps, against what people measure."""

import numpy as np

from viewlock.generator.shake import SHIFT_RMS_M, TURN_RMS, gait, hand_shake, oscillation

RATE_HZ, SECONDS = 40, 100
TIMES = np.arange(RATE_HZ * SECONDS) / RATE_HZ


def spectrum():
    """Frequencies, and the power density of the hand's movement, mean over many hands and axes."""
    total = 0.0
    for seed in range(30):
        moved = oscillation(TIMES, 3, np.random.default_rng(seed)) * np.hanning(len(TIMES))[:, None]
        total = total + (np.abs(np.fft.rfft(moved, axis=0)) ** 2).mean(axis=1)
    return np.fft.rfftfreq(len(TIMES), 1 / RATE_HZ), total


def slope(frequency, power, low, high):
    """Exponent of the power density between two frequencies, fitted to means over octave thirds."""
    edges = np.geomspace(low, high, 7)
    rows = [
        (f, power[(frequency >= a) & (frequency < b)].mean()) for a, b, f in zip(edges, edges[1:], edges, strict=False)
    ]
    x, y = np.log(np.array(rows)).T
    return np.polyfit(x, y, 1)[0]


def test_drift_is_one_over_f_and_tremor_stands_out_at_8_to_12_hz():
    frequency, power = spectrum()
    assert -1.35 < slope(frequency, power, 0.12, 2.0) < -0.65
    assert -5.8 < slope(frequency, power, 2.2, 7.0) < -4.2
    band = lambda low, high: power[(frequency > low) & (frequency < high)].mean()  # noqa: E731
    assert band(8.3, 11.7) > 2 * band(6.0, 7.8)
    assert band(12.6, 19) < 0.01 * band(8.3, 11.7)


def test_shake_has_its_natural_size():
    rms = [[np.sqrt((part**2).mean(axis=0)) for part in hand_shake(TIMES, np.random.default_rng(s))] for s in range(8)]
    shift, turn = (np.mean([pair[k] for pair in rms], axis=0) for k in (0, 1))
    np.testing.assert_allclose(shift, SHIFT_RMS_M, rtol=0.2)
    np.testing.assert_allclose(turn[:2], TURN_RMS, rtol=0.2)


def test_steps_come_at_two_a_second_and_sway_at_half_of_that():
    for seed in range(10):
        moved = gait(TIMES, np.random.default_rng(seed))
        power = np.abs(np.fft.rfft(moved * np.hanning(len(TIMES))[:, None], axis=0)) ** 2
        sway, rise = np.fft.rfftfreq(len(TIMES), 1 / RATE_HZ)[power.argmax(axis=0)]
        assert 1.78 <= rise <= 2.12
        assert abs(sway - rise / 2) < 0.02
        across, up = np.ptp(moved, axis=0)
        assert 0.038 < across < 0.071 and 0.026 < up < 0.049
