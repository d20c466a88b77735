"""Machines for the desk, the stage and the workroom."""

from __future__ import annotations

import numpy as np

from ..meshes import ball, box, lathe, stack_rings, torus, tube
from ..surfaces import Model
from .kit import BLACK, BRASS, IRON, OAK, RED, STEEL, WALNUT, WHITE, Assembly, paint
from .packages import side
from .shapes import aimed, beam, blob, curve, disc, hoop, ring_of, rod, rounded_box, slab, unit_uv

ENAMEL = paint("plain", "1a1c1f", roughness=0.2, coat=0.9)
_TOMATO = paint("glaze", "c8321f", "a8241a", size=0.2, roughness=0.2, coat=0.6)
_KEYS = paint("keys", "e6e2d6", "3a3a3c", "222222", size=1.0, seed=1, roughness=0.5)


def sewing_machine() -> Model:
    """A black cast sewing machine with gold scrolls on a wooden base."""
    a = Assembly()
    a.add(WALNUT, box(0.48, 0.22, 0.07, bevel=0.008), box(0.44, 0.19, 0.014, bevel=0.004).moved(z=0.07))
    a.add(STEEL, box(0.1, 0.07, 0.005, bevel=0.001).moved(-0.15, 0, 0.083))
    arm = curve([(0.16, 0, 0.09), (0.155, 0, 0.2), (0.13, 0, 0.275), (0.05, 0, 0.305), (-0.08, 0, 0.3), (-0.15, 0, 0.28)])
    a.add(ENAMEL, tube(arm, np.linspace(0.05, 0.036, len(arm)), 20), rounded_box(0.075, 0.075, 0.16, 0.025).moved(-0.155, 0, 0.17))
    gold = paint("floral", "1a1c1f", "d4a838", "b8862a", size=1.0, seed=11, coat=0.8, roughness=0.2)
    a.add(gold, unit_uv(rounded_box(0.22, 0.006, 0.045, 0.002)).moved(-0.01, -0.0415, 0.278), unit_uv(rounded_box(0.055, 0.006, 0.1, 0.002)).moved(0.158, -0.05, 0.11))
    wheel = hoop([(0.04, -0.012), (0.07, -0.014), (0.075, 0), (0.07, 0.014), (0.04, 0.012)], 40).turned("y", 90)
    a.add(STEEL, wheel.moved(0.215, 0, 0.27), rod((0.14, 0, 0.27), (0.225, 0, 0.27), 0.03, sides=20), rod((-0.155, 0, 0.085), (-0.155, 0, 0.19), 0.004),
          box(0.012, 0.03, 0.01, bevel=0.002).moved(-0.155, -0.008, 0.088), slab(disc(0.022, 24), 0.012).moved(-0.155, -0.041, 0.25))  # fmt: skip
    spool = lathe([(0, 0), (0.02, 0), (0.02, 0.005), (0.014, 0.008), (0.014, 0.04), (0.02, 0.043), (0.02, 0.048), (0, 0.048)], 24)
    a.add(paint("stripes", "c1272d", "8a1a1f", size=0.006, seed=2), spool.moved(0.06, 0, 0.335))
    cloth = [np.array([[-0.26 + 0.0 * k, y, 0.091 + 0.012 * np.sin(3 + 40 * y)] for y in np.linspace(-0.13, 0.06, 24)]) for k in range(1)]
    sheet = np.concatenate([cloth[0], cloth[0][::-1] + [0, 0, 0.004]])
    a.add(paint("plaid", "f1e6c8", "2d6f8f", "c1502d", size=0.08), stack_rings([sheet + [0.03 + dx, 0, 0] for dx in (0.0, 0.08, 0.14)]))
    return a.model()


def typewriter() -> Model:
    """A portable typewriter with a sheet of paper in it."""
    a = Assembly()
    shell = paint("plain", "5f8a7a", roughness=0.35, coat=0.5)
    profile = np.array([(-0.17, 0.012), (0.16, 0.012), (0.165, 0.1), (0.14, 0.125), (0.02, 0.12), (-0.03, 0.085), (-0.165, 0.03)])
    a.add(shell, slab(profile, 0.36, 0.02).turned("z", -90).turned("z", 180))
    model_keys = paint("keys", "1e1e20", "5f8a7a", "e8e4d8", size=1.0, seed=2, roughness=0.4)
    for row in range(4):
        for k in range(11):
            x, y = -0.135 + 0.026 * k + 0.006 * row, -0.145 + 0.031 * row
            a.add(ENAMEL, lathe([(0, 0), (0.009, 0), (0.0105, 0.004), (0.0095, 0.0065), (0, 0.0055)], 14).moved(x, y, 0.056 + 0.016 * row), rod((x, y + 0.004, 0.02), (x, y, 0.057 + 0.016 * row), 0.003, sides=6))
    a.add(model_keys, unit_uv(box(0.3, 0.004, 0.018)).turned("x", -40).moved(0, -0.02, 0.105))
    a.add(ENAMEL, box(0.16, 0.016, 0.012, bevel=0.004).moved(0, -0.172, 0.045))
    fan = [rod((0, -0.02, 0.118), (0.075 * np.cos(t), -0.02 + 0.055 * np.sin(t), 0.125), 0.002, sides=5) for t in np.linspace(0.2, np.pi - 0.2, 24)]
    a.add(STEEL, *fan)
    a.add(ENAMEL, rod((-0.19, 0.09, 0.15), (0.19, 0.09, 0.15), 0.022, sides=24), *[rod((s * 0.19, 0.09, 0.15), (s * 0.215, 0.09, 0.15), 0.026, sides=24) for s in (-1, 1)])
    a.add(STEEL, box(0.4, 0.03, 0.012, bevel=0.003).moved(0, 0.1, 0.125), tube(curve([(-0.2, 0.07, 0.15), (-0.25, 0.0, 0.16), (-0.28, -0.04, 0.17)]), 0.006))
    sheet = curve([(0, 0.066, 0.13), (0, 0.07, 0.165), (0, 0.1, 0.24), (0, 0.135, 0.33)], 8)
    strip = np.stack([np.concatenate([[[-0.105, y, z], [0.105, y, z], [0.105, y + 0.0012, z], [-0.105, y + 0.0012, z]]]) for _, y, z in sheet])
    a.add(paint("pages", "f2eee2", size=1.0, seed=9, roughness=0.9), unit_uv(stack_rings(list(strip), smooth=False)))
    a.add(RED, unit_uv(box(0.07, 0.004, 0.014)).turned("x", -70).moved(0, 0.025, 0.122))
    return a.model(1.05)


def printer() -> Model:
    """An office printer with a page in its tray."""
    a = Assembly()
    pale, dark = paint("plain", "dcdad4", roughness=0.5), paint("plain", "33363a", roughness=0.45)
    a.add(pale, rounded_box(0.44, 0.36, 0.16, 0.02).moved(z=0.03), rounded_box(0.4, 0.3, 0.05, 0.02).moved(0, 0.02, 0.185))
    a.add(dark, box(0.42, 0.34, 0.04, bevel=0.006), rounded_box(0.32, 0.12, 0.06, 0.008).moved(0, -0.135, 0.07), box(0.3, 0.02, 0.008, bevel=0.002).moved(0, -0.26, 0.05))
    a.add(dark, rounded_box(0.3, 0.16, 0.012, 0.004).moved(0, -0.24, 0.052), box(0.28, 0.014, 0.12, bevel=0.003).turned("x", -22).moved(0, 0.16, 0.21))
    paper = paint("pages", "f4f2ea", size=1.0, seed=4, roughness=0.9)
    a.add(paper, unit_uv(box(0.21, 0.2, 0.0015), "z").turned("x", 3).moved(0, -0.245, 0.068), unit_uv(box(0.21, 0.002, 0.2)).turned("x", -22).moved(0, 0.148, 0.215))
    a.add(paint("letters", "1d2226", "8fd0ea", "5a7f92", size=1.0, seed=6, emission=0.3), unit_uv(box(0.09, 0.008, 0.045)).turned("x", -30).moved(0.13, -0.165, 0.15))
    a.add(dark, box(0.12, 0.01, 0.06, bevel=0.003).turned("x", -30).moved(0.13, -0.16, 0.142))
    a.add(paint("plain", "2f8f4f", emission=0.6), ball(0.006, 10, 8).moved(0.05, -0.181, 0.16))
    a.add(pale, *[rounded_box(0.018, 0.012, 0.012, 0.004).moved(-0.16 + 0.03 * k, -0.178, 0.155) for k in range(4)])
    a.add(paint("letters", "dcdad4", "2a4f9f", "9a9a96", size=1.0, seed=12), unit_uv(box(0.09, 0.004, 0.03)).moved(-0.13, -0.181, 0.1))
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
    a.add(paint("metal", "c9a94a", "9a7a2a", "e6cc7a", size=0.2, roughness=0.3, metallic=0.8), box(0.5, 0.012, 0.07, bevel=0.003).moved(0, -0.129, 0.415))
    for k in range(7):
        knob = lathe([(0, 0), (0.016, 0), (0.014, 0.008), (0.009, 0.016), (0, 0.016)], 20).turned("x", 90)
        x = -0.16 + 0.05 * k
        a.add(paint("plain", "ece4cc", roughness=0.4), knob.moved(x, -0.133, 0.45), box(0.004, 0.012, 0.02).turned("y", 40 * k - 100).moved(x, -0.145, 0.45))
    a.add(BLACK, *[slab(disc(0.009, 16), 0.01).moved(-0.22, -0.134, z) for z in (0.435, 0.465)])
    a.add(paint("plain", "d2281e", emission=1.5), ball(0.01, 12, 8).moved(0.215, -0.136, 0.45))
    a.add(paint("letters", "1a1a1c", "e6cc7a", "c9a94a", size=1.0, seed=23), unit_uv(slab([(-0.07, 0), (0.07, 0.01), (0.07, 0.045), (-0.07, 0.035)], 0.006)).moved(-0.15, -0.137, 0.33))
    a.add(STEEL, *[blob(0.028, 0.028, 0.028, 0.6).moved(s * 0.273, -0.112, z) for s in (-1, 1) for z in (0.035, 0.495)])
    a.add(BLACK, tube(curve([(-0.11, 0, 0.51), (-0.09, 0, 0.55), (0.09, 0, 0.55), (0.11, 0, 0.51)]), 0.013, squash=1.6), *[lathe([(0, 0), (0.022, 0), (0.018, 0.016), (0, 0.016)], 16).moved(x, y) for x in (-0.24, 0.24) for y in (-0.09, 0.09)])
    return a.model()


def camera_on_tripod() -> Model:
    """A camera with a long lens on a tripod."""
    a = Assembly()
    grip = paint("leather", "1e1e20", "141416", "303034", size=0.04, roughness=0.7)
    z = 1.2
    a.add(grip, rounded_box(0.16, 0.06, 0.09, 0.014).moved(0, 0, z), rounded_box(0.04, 0.085, 0.088, 0.016).moved(-0.07, -0.01, z))
    a.add(ENAMEL, rounded_box(0.07, 0.07, 0.045, 0.012).moved(0, -0.005, z + 0.083), box(0.025, 0.025, 0.008).moved(0, 0, z + 0.127))
    lens = [(0, -0.03), (0.038, -0.03), (0.04, 0.01), (0.042, 0.03), (0.042, 0.09), (0.046, 0.1), (0.046, 0.17), (0.056, 0.19), (0.058, 0.24), (0.05, 0.24), (0.045, 0.21), (0, 0.208)]
    a.add(ENAMEL, lathe(lens, 36).turned("x", 90).moved(0.01, -0.03, z + 0.045))
    ribs = [torus(0.0425, 0.0022, 36, 6).moved(z=h) for h in np.linspace(0.035, 0.085, 8)] + [torus(0.0465, 0.002, 36, 6).moved(z=h) for h in np.linspace(0.11, 0.16, 8)]
    a.add(BLACK, *[r.turned("x", 90).moved(0.01, -0.03, z + 0.045) for r in ribs])
    a.add(paint("marble", "2a3a5a", "5a3a6a", "1a2030", size=0.1, roughness=0.03, coat=1.0), blob(0.045, 0.012, 0.045).moved(0.01, -0.236, z + 0.045))
    a.add(RED, torus(0.0425, 0.0018, 36, 6).turned("x", 90).moved(0.01, -0.125, z + 0.045))
    a.add(STEEL, *[lathe([(0, 0), (r, 0), (r, 0.014), (r * 0.8, 0.018), (0, 0.018)], 20).moved(x, 0, z + 0.088) for x, r in ((0.055, 0.017), (-0.06, 0.013))])
    a.add(IRON, rod((0, 0, 1.16), (0, 0, z), 0.024, sides=20), rod((0, 0, 0.55), (0, 0, 1.17), 0.014, sides=14), blob(0.045, 0.045, 0.035).moved(0, 0, 1.1), rod((0, 0.03, 1.15), (0.05, 0.24, 1.02), 0.009))
    a.add(IRON, ring_of(rod((0.03, 0, 1.06), (0.2, 0, 0.58), 0.017, sides=12), 3, 30), ring_of(rod((0.2, 0, 0.6), (0.41, 0, 0.0), 0.011, sides=10), 3, 30))
    a.add(RED, ring_of(rod((0.193, 0, 0.6), (0.208, 0, 0.555), 0.022, sides=14), 3, 30))
    return a.add(grip, ring_of(rod((0.06, 0, 0.98), (0.14, 0, 0.75), 0.023, sides=12), 3, 30)).model()


def portable_radio() -> Model:
    """A portable radio: speaker cloth, dial, aerial, carrying handle."""
    a = Assembly()
    a.add(paint("leather", "a8432a", "7d2f1c", "c4603f", size=0.12, roughness=0.5), rounded_box(0.3, 0.09, 0.19, 0.016))
    a.add(paint("metal", "cfd2d5", "a9adb2", "e6e8ea", size=0.1, roughness=0.3, metallic=0.8), rounded_box(0.27, 0.012, 0.16, 0.005).moved(0, -0.043, 0.015))
    holes = [(-0.125 + 0.0125 * i, 0.028 + 0.0125 * j) for i in range(11) for j in range(11)]
    a.add(BLACK, *[slab(disc(0.0042, 8), 0.003).moved(x, -0.0495, z) for x, z in holes])
    a.add(paint("letters", "f2ead2", "3a2a1a", "b5322a", size=1.0, seed=15, emission=0.15), unit_uv(box(0.1, 0.006, 0.05)).moved(0.07, -0.048, 0.11))
    a.add(paint("plain", "c8281e", roughness=0.3), box(0.003, 0.008, 0.046).moved(0.06, -0.05, 0.112))
    for x, r in ((0.04, 0.019), (0.1, 0.026)):
        a.add(BRASS, lathe([(0, 0), (r, 0), (r * 0.95, 0.014), (r * 0.7, 0.018), (0, 0.016)], 28).turned("x", 90).moved(x, -0.048, 0.06))
    a.add(STEEL, rod((-0.12, 0.03, 0.185), (0.08, 0.035, 0.44), 0.0035, 0.0022), ball(0.005, 10, 8).moved(0.08, 0.035, 0.44))
    a.add(paint("leather", "5b2417", "3d170e", "7d3a28", size=0.1), tube(curve([(-0.13, 0, 0.18), (-0.11, 0, 0.225), (0.11, 0, 0.225), (0.13, 0, 0.18)]), 0.011, squash=0.5))
    return a.model()


def vacuum_cleaner() -> Model:
    """A canister vacuum cleaner with its hose and floor tool."""
    a = Assembly()
    red = paint("plain", "a81f2a", roughness=0.25, coat=0.8)
    a.add(red, blob(0.2, 0.13, 0.11, 0.75).moved(0.1, 0, 0.14))
    a.add(ENAMEL, blob(0.09, 0.1, 0.075, 0.7).moved(0.02, 0, 0.19), rounded_box(0.42, 0.24, 0.05, 0.02).moved(0.1, 0, 0.045))
    a.add(paint("stripes", "2a2a2c", "6a6a6e", size=0.02), *[box(0.012, 0.06, 0.04, bevel=0.003).moved(0.27, y, 0.15) for y in (-0.05, 0.0, 0.05)])
    for s in (-1, 1):
        a.add(paint("noise", "2a2a2c", "38383b", "222224", "303033", size=0.1), lathe([(0, -0.02), (0.08, -0.02), (0.085, 0), (0.08, 0.02), (0, 0.02)], 28).turned("x", 90).moved(0.2, s * 0.135, 0.085))
    a.add(IRON, ball(0.035, 16, 10).moved(-0.07, 0, 0.035))
    path = curve([(-0.08, 0, 0.18), (-0.22, 0.02, 0.26), (-0.36, 0.16, 0.22), (-0.38, 0.28, 0.4), (-0.42, 0.2, 0.62)], 24)
    a.add(paint("plain", "3a3c40", roughness=0.6), tube(path, np.where(np.arange(len(path)) % 2, 0.022, 0.018), 14))
    a.add(STEEL, rod((-0.42, 0.2, 0.6), (-0.56, -0.2, 0.06), 0.016, sides=14), rod((-0.42, 0.2, 0.6), (-0.4, 0.26, 0.68), 0.018, sides=14))
    a.add(ENAMEL, rounded_box(0.28, 0.11, 0.045, 0.018).moved(-0.57, -0.22), rod((-0.55, -0.18, 0.09), (-0.565, -0.21, 0.035), 0.024))
    a.add(ENAMEL, tube(curve([(0.02, 0, 0.25), (0.06, 0, 0.29), (0.18, 0, 0.285), (0.22, 0, 0.23)]), 0.014))
    return a.add(paint("letters", "a81f2a", "f2efe4", "e2b33c", size=1.0, seed=31), unit_uv(slab(disc(0.03, 24), 0.01)).moved(0.1, -0.131, 0.15)).model()


def desktop_computer() -> Model:
    """An old desktop computer: monitor, case with drives, keyboard and mouse."""
    a = Assembly()
    beige = paint("plain", "d5cdb8", roughness=0.55)
    a.add(beige, rounded_box(0.42, 0.36, 0.11, 0.01), rounded_box(0.34, 0.12, 0.3, 0.015).moved(0, -0.06, 0.15), rounded_box(0.26, 0.2, 0.24, 0.05).moved(0, 0.06, 0.17), lathe([(0, 0.11), (0.11, 0.11), (0.09, 0.13), (0.06, 0.15), (0, 0.15)], 28))
    screen = unit_uv(blob(0.14, 0.014, 0.108, 0.4).moved(0, -0.112, 0.305))
    a.add(BLACK, box(0.29, 0.02, 0.23, bevel=0.008).moved(0, -0.112, 0.19)).add(paint("pages", "2f6fae", size=1.0, seed=14, emission=0.35, roughness=0.1), screen)
    a.add(BLACK, box(0.12, 0.006, 0.012).moved(0.12, -0.18, 0.07), box(0.12, 0.006, 0.006).moved(0.12, -0.18, 0.045), *[box(0.1, 0.004, 0.003).moved(-0.12, -0.18, 0.02 + 0.01 * k) for k in range(7)])
    a.add(paint("plain", "3fae4f", emission=1.0), box(0.012, 0.006, 0.006).moved(0.0, -0.181, 0.06))
    a.add(beige, rounded_box(0.42, 0.15, 0.026, 0.008).turned("x", 4).moved(0, -0.32, 0.004), blob(0.03, 0.05, 0.019, 0.8).moved(0.27, -0.32, 0.018))
    board = side(box(0.38, 0.12, 0.008, bevel=0.003), "top")
    a.add(_KEYS, board.turned("x", 4).moved(0, -0.322, 0.024))
    a.add(beige, *[box(0.022, 0.018, 0.008, bevel=0.003).turned("x", 4).moved(-0.17 + 0.0285 * i, -0.37 + 0.0235 * j, 0.0235 + 0.0016 * j) for i in range(13) for j in range(5)])
    return a.add(paint("plain", "8f8878", roughness=0.7), tube(curve([(0.27, -0.27, 0.02), (0.3, -0.2, 0.005), (0.24, -0.1, 0.006)]), 0.003, 6)).model()


def toaster() -> Model:
    """A chrome two-slot toaster with two slices coming up."""
    a = Assembly()
    chrome = paint("metal", "d2d5d8", "b5b9be", "eceeef", size=0.3, roughness=0.18, metallic=0.95)
    a.add(chrome, rounded_box(0.28, 0.17, 0.18, 0.04, 6).moved(z=0.012))
    a.add(ENAMEL, rounded_box(0.03, 0.155, 0.16, 0.014).moved(-0.14, 0, 0.02), rounded_box(0.03, 0.155, 0.16, 0.014).moved(0.14, 0, 0.02), box(0.26, 0.15, 0.014, bevel=0.004))
    a.add(BLACK, *[box(0.2, 0.032, 0.004).moved(0, y, 0.1905) for y in (-0.035, 0.035)])
    crust = paint("noise", "9c6128", "b57a3a", "7d4818", "a86c30", size=0.1, roughness=0.9)
    crumb = paint("sand", "e2b878", "c99a55", "f0d2a0", size=0.08, roughness=0.95)
    loaf = [(-0.055, 0), (0.055, 0), (0.055, 0.085), (0.064, 0.1), (0.06, 0.125), (0.03, 0.137), (-0.03, 0.137), (-0.06, 0.125), (-0.064, 0.1), (-0.055, 0.085)]
    for y, x, lift in ((-0.035, -0.012, 0.0), (0.035, 0.014, 0.012)):
        a.add(crust, slab(loaf, 0.02).moved(x, y, 0.11 + lift)).add(crumb, slab(np.array(loaf) * 0.9, 0.0215).moved(x, y, 0.117 + lift))
    a.add(ENAMEL, rounded_box(0.026, 0.05, 0.02, 0.006).moved(0.168, -0.02, 0.13), lathe([(0, 0), (0.018, 0), (0.016, 0.014), (0, 0.014)], 20).turned("y", 90).moved(0.154, 0.035, 0.06))
    return a.add(OAK, tube(curve([(-0.16, 0.05, 0.04), (-0.24, 0.1, 0.008), (-0.3, 0.02, 0.006), (-0.34, 0.05, 0.006)]), 0.004, 8)).model()


def stand_mixer() -> Model:
    """A tilting kitchen mixer over a steel bowl of dough."""
    a = Assembly()
    mint = paint("plain", "c23a3a", roughness=0.25, coat=0.9)
    foot = [np.c_[0.16 * w * np.cos(t := np.linspace(0, 2 * np.pi, 48, endpoint=False)) + 0.0, 0.1 * w * np.sin(t), np.full(48, z)] for w, z in ((0.96, 0), (1.0, 0.01), (0.98, 0.03), (0.9, 0.038))]
    a.add(mint, stack_rings(foot), tube(curve([(0.11, 0, 0.03), (0.125, 0, 0.15), (0.1, 0, 0.25)]), [0.055] * 6 + [0.048] * 7, 20, squash=0.85))
    a.add(mint, blob(0.19, 0.066, 0.062, 0.85).turned("y", 3).moved(-0.015, 0, 0.31))
    a.add(STEEL, lathe([(0, 0), (0.05, 0), (0.055, 0.02), (0.03, 0.02), (0, 0.02)], 24).turned("y", -90).moved(-0.19, 0, 0.31), rod((-0.09, 0, 0.26), (-0.09, 0, 0.2), 0.02, sides=18), torus(0.062, 0.004).scaled(1, 1, 1).turned("y", 90).moved(-0.05, 0, 0.312))
    bowl = [(0.045, 0.04), (0.07, 0.045), (0.1, 0.1), (0.108, 0.17), (0.112, 0.172), (0.108, 0.176), (0.1, 0.17), (0.09, 0.1), (0.0, 0.06)]
    a.add(STEEL, lathe([(0, 0.036), *bowl], 40).moved(-0.07), tube(curve([(-0.17, 0.03, 0.15), (-0.215, 0.05, 0.14), (-0.21, 0.05, 0.09), (-0.155, 0.03, 0.08)]), 0.006))
    a.add(paint("plaster", "ecdcb8", "d8c498", size=0.1, roughness=0.9), blob(0.09, 0.09, 0.03).moved(-0.07, 0, 0.12))
    whisk = tube(curve([(0, 0, 0.2), (0.035, 0, 0.16), (0.03, 0, 0.12), (0, 0, 0.1)]), 0.0028, 6)
    a.add(STEEL, ring_of(whisk, 8).moved(-0.09))
    return a.add(ENAMEL, lathe([(0, 0), (0.015, 0), (0.013, 0.012), (0, 0.012)], 18).turned("x", 90).moved(0.1, -0.068, 0.3)).add(paint("letters", "c23a3a", "f2efe4", "d5d9dd", size=1.0, seed=17), unit_uv(box(0.1, 0.004, 0.026)).moved(-0.02, -0.067, 0.3)).model()


def kettle() -> Model:
    """A whistling enamel kettle with a wooden grip."""
    a = Assembly()
    enamel = paint("plain", "2f6f8f", roughness=0.2, coat=1.0)
    side_ = [(0, 0), (0.1, 0), (0.112, 0.012), (0.115, 0.05), (0.1, 0.11), (0.07, 0.145), (0.052, 0.152), (0, 0.152)]
    a.add(enamel, lathe([(x, z) for x, _, z in curve([(x, 0, z) for x, z in side_], 3)], 44))
    spout = curve([(-0.085, 0, 0.07), (-0.13, 0, 0.1), (-0.155, 0, 0.145)])
    a.add(enamel, tube(spout, np.linspace(0.026, 0.014, len(spout)), 18), lathe([(0, 0.15), (0.05, 0.15), (0.04, 0.163), (0, 0.168)], 32))
    a.add(STEEL, torus(0.1155, 0.003).moved(z=0.03), lathe([(0, 0), (0.016, 0), (0.013, 0.02), (0, 0.024)], 18).turned("y", -25).moved(-0.155, 0, 0.14))
    a.add(STEEL, *[tube(curve([(s * 0.075, 0, 0.135), (s * 0.09, 0, 0.2), (s * 0.07, 0, 0.235)]), 0.0045, 8) for s in (-1, 1)])
    a.add(WALNUT, rod((-0.075, 0, 0.237), (0.075, 0, 0.237), 0.014, sides=16), ball(0.014, 14, 10).moved(0, 0, 0.176))
    return a.add(paint("floral", "f2ecd8", "c1502d", "2f6f8f", size=0.1, seed=6, coat=0.8, roughness=0.2), lathe([(0.1, 0.052), (0.1155, 0.05), (0.109, 0.085), (0.1, 0.085)], 44)).model()


def saucepans() -> Model:
    """Three copper pans of falling size, one in another, with a wooden spoon."""
    a = Assembly()
    copper = paint("metal", "c87a4a", "9a5530", "e29a6a", size=0.2, roughness=0.25, metallic=0.85)
    z = 0.0
    for k, r in enumerate((0.15, 0.12, 0.09)):
        turn = (0, 70, 150)[k]
        pan = lathe([(0, 0), (r * 0.96, 0), (r, 0.008), (r, 0.105), (r + 0.004, 0.108), (r - 0.003, 0.108), (r - 0.004, 0.01), (0, 0.006)], 44)
        handle = beam((0, -r + 0.002, 0.09), (0, -r - 0.2, 0.11), 0.024, 0.007)
        rivets = [ball(0.006, 10, 6).moved(s * 0.007, -r - 0.002, 0.092) for s in (-1, 1)]
        a.add(copper, pan.moved(0, 0, z)).add(IRON, *[m.turned("z", turn).moved(0, 0, z) for m in (handle, *rivets)])
        z += 0.052
    spoon = curve([(-0.03, 0.03, z + 0.005), (0.03, -0.02, z + 0.1), (0.1, -0.09, z + 0.2)])
    return a.add(OAK, tube(spoon, 0.006, 10), aimed(blob(0.022, 0.01, 0.034), 30, 45).moved(0.1, -0.09, z + 0.215)).add(_TOMATO, *[blob(0.03, 0.03, 0.026).moved(x, y, z + 0.02) for x, y in ((0.03, 0.03), (-0.04, -0.01), (0.02, -0.04))]).model()


def moka_pot() -> Model:
    """An eight-sided aluminium coffee pot."""
    a = Assembly()
    alu = paint("metal", "c3c7cb", "9ca1a7", "dde0e3", size=0.15, roughness=0.3, metallic=0.85)
    a.add(alu, lathe([(0, 0), (0.05, 0), (0.052, 0.004), (0.042, 0.075), (0, 0.075)], 8, smooth=False), lathe([(0.03, 0.075), (0.044, 0.075), (0.044, 0.088), (0.03, 0.088)], 40), lathe([(0, 0.088), (0.036, 0.088), (0.052, 0.165), (0, 0.165)], 8, smooth=False))
    a.add(alu, lathe([(0, 0.165), (0.05, 0.165), (0.02, 0.182), (0, 0.184)], 8, smooth=False), slab([(-0.035, 0.12), (-0.035, 0.165), (-0.075, 0.165)], 0.022, 0.1), torus(0.045, 0.002).moved(z=0.081))
    a.add(ENAMEL, tube(curve([(0.04, 0, 0.155), (0.085, 0, 0.16), (0.095, 0, 0.12), (0.09, 0, 0.07)]), 0.009, squash=1.3), ball(0.011, 14, 10).moved(0, 0, 0.192))
    a.add(BRASS, rod((-0.045, 0, 0.045), (-0.058, 0, 0.046), 0.007, sides=6)).add(RED, slab(disc(0.012, 20), 0.006).moved(0, -0.044, 0.13))
    saucer = lathe([(0, 0), (0.04, 0), (0.07, 0.012), (0.07, 0.015), (0.04, 0.005), (0, 0.005)], 36)
    cup = lathe([(0, 0.005), (0.022, 0.005), (0.034, 0.03), (0.036, 0.058), (0.033, 0.058), (0.031, 0.04), (0, 0.04)], 32)
    china = paint("floral", "f6f2e8", "2f5fa8", "7fa0cf", size=0.06, seed=3, roughness=0.15, coat=0.8)
    a.add(china, saucer.moved(0.02, -0.13), cup.moved(0.02, -0.13), torus(0.014, 0.0035, 20, 8).turned("x", 90).moved(0.064, -0.13, 0.036))
    return a.add(paint("plain", "2a150a", roughness=0.1, coat=0.6), lathe([(0, 0.041), (0.0315, 0.041), (0.031, 0.044), (0, 0.044)], 24).moved(0.02, -0.13)).model(1.4)


BUILDERS = {
    "machines": {
        "sewing-machine": sewing_machine,
        "typewriter": typewriter,
        "printer": printer,
        "guitar-amplifier": guitar_amplifier,
        "camera-on-tripod": camera_on_tripod,
        "portable-radio": portable_radio,
        "vacuum-cleaner": vacuum_cleaner,
        "desktop-computer": desktop_computer,
    },
    "kitchen": {
        "toaster": toaster,
        "stand-mixer": stand_mixer,
        "kettle": kettle,
        "saucepans": saucepans,
        "moka-pot": moka_pot,
    },
}
