"""Machines for the desk, the stage and the workroom."""

from __future__ import annotations

import numpy as np

from ..meshes import ball, box, lathe, stack_rings, torus, tube
from ..surfaces import Model
from .kit import BLACK, BRASS, IRON, RED, STEEL, WALNUT, WHITE, Assembly, paint
from .shapes import blob, curve, disc, hoop, ring_of, rod, rounded_box, slab, unit_uv

ENAMEL = paint("plain", "1a1c1f", roughness=0.2, coat=0.9)


def sewing_machine() -> Model:
    """A black cast sewing machine with gold scrolls on a wooden base."""
    a = Assembly()
    a.add(WALNUT, box(0.48, 0.22, 0.07, bevel=0.008), box(0.44, 0.19, 0.014, bevel=0.004).moved(z=0.07))
    a.add(STEEL, box(0.1, 0.07, 0.005, bevel=0.001).moved(-0.15, 0, 0.083))
    arm = curve(
        [(0.16, 0, 0.09), (0.155, 0, 0.2), (0.13, 0, 0.275), (0.05, 0, 0.305), (-0.08, 0, 0.3), (-0.15, 0, 0.28)]
    )
    a.add(
        ENAMEL,
        tube(arm, np.linspace(0.05, 0.036, len(arm)), 20),
        rounded_box(0.075, 0.075, 0.16, 0.025).moved(-0.155, 0, 0.17),
    )
    gold = paint("floral", "1a1c1f", "d4a838", "b8862a", size=1.0, seed=11, coat=0.8, roughness=0.2)
    a.add(
        gold,
        unit_uv(rounded_box(0.22, 0.006, 0.045, 0.002)).moved(-0.01, -0.0415, 0.278),
        unit_uv(rounded_box(0.055, 0.006, 0.1, 0.002)).moved(0.158, -0.05, 0.11),
    )
    wheel = hoop([(0.04, -0.012), (0.07, -0.014), (0.075, 0), (0.07, 0.014), (0.04, 0.012)], 40).turned("y", 90)
    a.add(
        STEEL,
        wheel.moved(0.215, 0, 0.27),
        rod((0.14, 0, 0.27), (0.225, 0, 0.27), 0.03, sides=20),
        rod((-0.155, 0, 0.085), (-0.155, 0, 0.19), 0.004),
        box(0.012, 0.03, 0.01, bevel=0.002).moved(-0.155, -0.008, 0.088),
        slab(disc(0.022, 24), 0.012).moved(-0.155, -0.041, 0.25),
    )
    spool = lathe(
        [(0, 0), (0.02, 0), (0.02, 0.005), (0.014, 0.008), (0.014, 0.04), (0.02, 0.043), (0.02, 0.048), (0, 0.048)], 24
    )
    a.add(paint("stripes", "c1272d", "8a1a1f", size=0.006, seed=2), spool.moved(0.06, 0, 0.335))
    cloth = [
        np.array([[-0.26 + 0.0 * k, y, 0.091 + 0.012 * np.sin(3 + 40 * y)] for y in np.linspace(-0.13, 0.06, 24)])
        for k in range(1)
    ]
    sheet = np.concatenate([cloth[0], cloth[0][::-1] + [0, 0, 0.004]])
    a.add(
        paint("plaid", "f1e6c8", "2d6f8f", "c1502d", size=0.08),
        stack_rings([sheet + [0.03 + dx, 0, 0] for dx in (0.0, 0.08, 0.14)]),
    )
    return a.model()


def guitar_amplifier() -> Model:
    """A valve combo amplifier: tolex, grille cloth, chicken-head knobs."""
    a = Assembly()
    tolex = paint("leather", "232326", "17171a", "3a3a3e", size=0.12, roughness=0.8)
    a.add(tolex, rounded_box(0.58, 0.26, 0.5, 0.02).moved(z=0.015))
    cloth = paint("fabric", "a38a5a", "6e5a36", "c9b07a", size=0.03, roughness=0.95)
    a.add(cloth, box(0.5, 0.014, 0.34, bevel=0.004).moved(0, -0.128, 0.05))
    piping = [(-0.255, -0.134, 0.045), (0.255, -0.134, 0.045), (0.255, -0.134, 0.395), (-0.255, -0.134, 0.395)]
    a.add(WHITE, *[rod(p, q, 0.005) for p, q in zip(piping, piping[1:] + piping[:1], strict=True)])
    a.add(
        paint("metal", "c9a94a", "9a7a2a", "e6cc7a", size=0.2, roughness=0.3, metallic=0.8),
        box(0.5, 0.012, 0.07, bevel=0.003).moved(0, -0.129, 0.415),
    )
    for k in range(7):
        knob = lathe([(0, 0), (0.016, 0), (0.014, 0.008), (0.009, 0.016), (0, 0.016)], 20).turned("x", 90)
        x = -0.16 + 0.05 * k
        a.add(
            paint("plain", "ece4cc", roughness=0.4),
            knob.moved(x, -0.133, 0.45),
            box(0.004, 0.012, 0.02).turned("y", 40 * k - 100).moved(x, -0.145, 0.45),
        )
    a.add(BLACK, *[slab(disc(0.009, 16), 0.01).moved(-0.22, -0.134, z) for z in (0.435, 0.465)])
    a.add(paint("plain", "d2281e", emission=1.5), ball(0.01, 12, 8).moved(0.215, -0.136, 0.45))
    a.add(
        paint("notice", "1a1a1c", "e6cc7a", "c9a94a", size=1.0, seed=11),
        unit_uv(slab([(-0.07, 0), (0.07, 0.01), (0.07, 0.045), (-0.07, 0.035)], 0.006)).moved(-0.15, -0.137, 0.33),
    )
    a.add(STEEL, *[blob(0.028, 0.028, 0.028, 0.6).moved(s * 0.273, -0.112, z) for s in (-1, 1) for z in (0.035, 0.495)])
    a.add(
        BLACK,
        tube(curve([(-0.11, 0, 0.51), (-0.09, 0, 0.55), (0.09, 0, 0.55), (0.11, 0, 0.51)]), 0.013, squash=1.6),
        *[
            lathe([(0, 0), (0.022, 0), (0.018, 0.016), (0, 0.016)], 16).moved(x, y)
            for x in (-0.24, 0.24)
            for y in (-0.09, 0.09)
        ],
    )
    return a.model()


def camera_on_tripod() -> Model:
    """A camera with a long lens on a tripod."""
    a = Assembly()
    grip = paint("leather", "1e1e20", "141416", "303034", size=0.04, roughness=0.7)
    z = 1.2
    a.add(
        grip,
        rounded_box(0.16, 0.06, 0.09, 0.014).moved(0, 0, z),
        rounded_box(0.04, 0.085, 0.088, 0.016).moved(-0.07, -0.01, z),
    )
    a.add(
        ENAMEL,
        rounded_box(0.07, 0.07, 0.045, 0.012).moved(0, -0.005, z + 0.083),
        box(0.025, 0.025, 0.008).moved(0, 0, z + 0.127),
    )
    lens = [
        (0, -0.03),
        (0.038, -0.03),
        (0.04, 0.01),
        (0.042, 0.03),
        (0.042, 0.09),
        (0.046, 0.1),
        (0.046, 0.17),
        (0.056, 0.19),
        (0.058, 0.24),
        (0.05, 0.24),
        (0.045, 0.21),
        (0, 0.208),
    ]
    a.add(ENAMEL, lathe(lens, 36).turned("x", 90).moved(0.01, -0.03, z + 0.045))
    ribs = [torus(0.0425, 0.0022, 36, 6).moved(z=h) for h in np.linspace(0.035, 0.085, 8)] + [
        torus(0.0465, 0.002, 36, 6).moved(z=h) for h in np.linspace(0.11, 0.16, 8)
    ]
    a.add(BLACK, *[r.turned("x", 90).moved(0.01, -0.03, z + 0.045) for r in ribs])
    a.add(
        paint("marble", "2a3a5a", "5a3a6a", "1a2030", size=0.1, roughness=0.03, coat=1.0),
        blob(0.045, 0.012, 0.045).moved(0.01, -0.236, z + 0.045),
    )
    a.add(RED, torus(0.0425, 0.0018, 36, 6).turned("x", 90).moved(0.01, -0.125, z + 0.045))
    a.add(
        STEEL,
        *[
            lathe([(0, 0), (r, 0), (r, 0.014), (r * 0.8, 0.018), (0, 0.018)], 20).moved(x, 0, z + 0.088)
            for x, r in ((0.055, 0.017), (-0.06, 0.013))
        ],
    )
    a.add(
        IRON,
        rod((0, 0, 1.16), (0, 0, z), 0.024, sides=20),
        rod((0, 0, 0.55), (0, 0, 1.17), 0.014, sides=14),
        blob(0.045, 0.045, 0.035).moved(0, 0, 1.1),
        rod((0, 0.03, 1.15), (0.05, 0.24, 1.02), 0.009),
    )
    a.add(
        IRON,
        ring_of(rod((0.03, 0, 1.06), (0.2, 0, 0.58), 0.017, sides=12), 3, 30),
        ring_of(rod((0.2, 0, 0.6), (0.41, 0, 0.0), 0.011, sides=10), 3, 30),
    )
    a.add(RED, ring_of(rod((0.193, 0, 0.6), (0.208, 0, 0.555), 0.022, sides=14), 3, 30))
    return a.add(grip, ring_of(rod((0.06, 0, 0.98), (0.14, 0, 0.75), 0.023, sides=12), 3, 30)).model()


def portable_radio() -> Model:
    """A portable radio: speaker cloth, dial, aerial, carrying handle."""
    a = Assembly()
    a.add(paint("leather", "a8432a", "7d2f1c", "c4603f", size=0.12, roughness=0.5), rounded_box(0.3, 0.09, 0.19, 0.016))
    a.add(
        paint("metal", "cfd2d5", "a9adb2", "e6e8ea", size=0.1, roughness=0.3, metallic=0.8),
        rounded_box(0.27, 0.012, 0.16, 0.005).moved(0, -0.043, 0.015),
    )
    holes = [(-0.125 + 0.0125 * i, 0.028 + 0.0125 * j) for i in range(11) for j in range(11)]
    a.add(BLACK, *[slab(disc(0.0042, 8), 0.003).moved(x, -0.0495, z) for x, z in holes])
    a.add(
        paint("notice", "f2ead2", "3a2a1a", "b5322a", size=1.0, seed=10, emission=0.15),
        unit_uv(box(0.1, 0.006, 0.05)).moved(0.07, -0.048, 0.11),
    )
    a.add(paint("plain", "c8281e", roughness=0.3), box(0.003, 0.008, 0.046).moved(0.06, -0.05, 0.112))
    for x, r in ((0.04, 0.019), (0.1, 0.026)):
        a.add(
            BRASS,
            lathe([(0, 0), (r, 0), (r * 0.95, 0.014), (r * 0.7, 0.018), (0, 0.016)], 28)
            .turned("x", 90)
            .moved(x, -0.048, 0.06),
        )
    a.add(
        STEEL,
        rod((-0.12, 0.03, 0.185), (0.08, 0.035, 0.44), 0.0035, 0.0022),
        ball(0.005, 10, 8).moved(0.08, 0.035, 0.44),
    )
    a.add(
        paint("leather", "5b2417", "3d170e", "7d3a28", size=0.1),
        tube(curve([(-0.13, 0, 0.18), (-0.11, 0, 0.225), (0.11, 0, 0.225), (0.13, 0, 0.18)]), 0.011, squash=0.5),
    )
    return a.model()


def vacuum_cleaner() -> Model:
    """A canister vacuum cleaner with its hose and floor tool."""
    a = Assembly()
    red = paint("plain", "a81f2a", roughness=0.25, coat=0.8)
    a.add(red, blob(0.2, 0.13, 0.11, 0.75).moved(0.1, 0, 0.14))
    a.add(
        ENAMEL,
        blob(0.09, 0.1, 0.075, 0.7).moved(0.02, 0, 0.19),
        rounded_box(0.42, 0.24, 0.05, 0.02).moved(0.1, 0, 0.045),
    )
    a.add(
        paint("stripes", "2a2a2c", "6a6a6e", size=0.02),
        *[box(0.012, 0.06, 0.04, bevel=0.003).moved(0.27, y, 0.15) for y in (-0.05, 0.0, 0.05)],
    )
    for s in (-1, 1):
        a.add(
            paint("noise", "2a2a2c", "38383b", "222224", "303033", size=0.1),
            lathe([(0, -0.02), (0.08, -0.02), (0.085, 0), (0.08, 0.02), (0, 0.02)], 28)
            .turned("x", 90)
            .moved(0.2, s * 0.135, 0.085),
        )
    a.add(IRON, ball(0.035, 16, 10).moved(-0.07, 0, 0.035))
    path = curve(
        [(-0.08, 0, 0.18), (-0.22, 0.02, 0.26), (-0.36, 0.16, 0.22), (-0.38, 0.28, 0.4), (-0.42, 0.2, 0.62)], 24
    )
    a.add(paint("plain", "3a3c40", roughness=0.6), tube(path, np.where(np.arange(len(path)) % 2, 0.022, 0.018), 14))
    a.add(
        STEEL,
        rod((-0.42, 0.2, 0.6), (-0.56, -0.2, 0.06), 0.016, sides=14),
        rod((-0.42, 0.2, 0.6), (-0.4, 0.26, 0.68), 0.018, sides=14),
    )
    a.add(
        ENAMEL,
        rounded_box(0.28, 0.11, 0.045, 0.018).moved(-0.57, -0.22),
        rod((-0.55, -0.18, 0.09), (-0.565, -0.21, 0.035), 0.024),
    )
    a.add(ENAMEL, tube(curve([(0.02, 0, 0.25), (0.06, 0, 0.29), (0.18, 0, 0.285), (0.22, 0, 0.23)]), 0.014))
    return a.add(
        paint("notice", "a81f2a", "f2efe4", "e2b33c", size=1.0, seed=18),
        unit_uv(slab(disc(0.03, 24), 0.01)).moved(0.1, -0.131, 0.15),
    ).model()


BUILDERS = {
    "machines": {
        "sewing-machine": sewing_machine,
        "guitar-amplifier": guitar_amplifier,
        "camera-on-tripod": camera_on_tripod,
        "portable-radio": portable_radio,
        "vacuum-cleaner": vacuum_cleaner,
    },
}
