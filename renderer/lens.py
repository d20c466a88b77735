"""A lens in Cycles: radial distortion and a round aperture, drawn by a camera shader of our own.

Cycles' perspective camera knows no distortion, and its fisheye polynomial would only come near to one. A camera shader
(Open Shading Language) sends each ray exactly where `viewlock.lens` says. It runs on the CPU and on OptiX.
"""

from __future__ import annotations

import functools
import hashlib
import math
import tempfile
from dataclasses import dataclass
from pathlib import Path

import bpy

from viewlock.geometry import Camera
from viewlock.lens import NO_DISTORTION, reach

from .output import quiet

_SHADER = """
shader viewlock_lens(float fx = 1, float fy = 1, float cx = 0.5, float cy = 0.5, float k1 = 0, float k2 = 0,
                     float reach = 1e9, float aperture = 0, float focus = 1,
                     output point position = 0, output vector direction = 0, output color throughput = 1)
{
    point at = camera_shader_raster_position();
    float x = (at[0] - cx) / fx, y = (at[1] - cy) / fy;
    float drawn = sqrt(x * x + y * y);
    float low = 0, high = min(2.25 * drawn, reach);
    float r = min(drawn, high), move = high;
    for (int i = 0; i < 60; i++) {
        float q = r * r;
        float error = r * (1 + q * (k1 + q * k2)) - drawn;
        if (error <= 0) low = r;
        if (error >= 0) high = r;
        float next = r - error / (1 + q * (3 * k1 + 5 * q * k2));
        if (fabs(next - r) <= 2e-7 * r) { r = next; break; }
        if (next < low || next > high || fabs(next - r) > move / 2) next = (low + high) / 2;
        move = fabs(next - r);
        r = next;
    }
    float stretch = drawn > 0 ? r / drawn : 1;
    direction = vector(x * stretch, y * stretch, 1);
    if (aperture > 0) {
        point u = camera_shader_random_sample();
        float away = aperture * sqrt(u[0]), angle = M_2PI * u[1];
        position = point(away * cos(angle), away * sin(angle), 0);
        direction = focus * direction - vector(position);
    }
    direction = normalize(direction);
}
"""


@dataclass(frozen=True)
class Aperture:
    """A round opening, and the depth along the optical axis at which things are sharp."""

    radius_m: float
    focus_m: float


def use_lens(camera: Camera, aperture: Aperture | None) -> None:
    """Make the scene's camera draw as the lens does; a pinhole where it neither bends nor blurs."""
    data = bpy.context.scene.camera.data
    if camera.distortion == NO_DISTORTION and aperture is None:
        if data.type != "PERSP":
            data.type = "PERSP"
        return
    if data.type != "CUSTOM":
        code = _compiled()
        data.type, data.custom_mode = "CUSTOM", "INTERNAL"
        data.custom_bytecode, data.custom_bytecode_hash = code, hashlib.sha256(code.encode()).hexdigest()
    width, height = camera.width, camera.height
    far = reach(camera.distortion)
    wanted = {
        "fx": float(camera.K[0, 0]) / width,
        "fy": float(camera.K[1, 1]) / height,
        "cx": (float(camera.K[0, 2]) + 0.5) / width,
        "cy": 1 - (float(camera.K[1, 2]) + 0.5) / height,  # rows of Cycles' raster count upwards
        "k1": camera.distortion[0],
        "k2": camera.distortion[1],
        "reach": far if math.isfinite(far) else 1e9,
        "aperture": aperture.radius_m if aperture else 0.0,
        "focus": aperture.focus_m if aperture else 1.0,
    }
    kept = data.cycles_custom
    if any(kept.get(name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            kept[name] = value
        data.update_tag()


def lens_blurs() -> bool:
    """Whether the scene's camera draws some depths out of focus."""
    data = bpy.context.scene.camera.data
    return data.type == "CUSTOM" and data.cycles_custom["aperture"] > 0


@functools.cache
def _compiled() -> str:
    """The shader as Cycles reads it. Blender's own compiler call needs a module that the wheel lacks."""
    import _cycles  # which is there once bpy is

    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "lens.osl", Path(folder) / "lens.oso"
        source.write_text(_SHADER, encoding="utf-8")
        with quiet():
            done = _cycles.osl_compile(str(source), str(target))
        if not done:
            raise RuntimeError("Cycles could not compile the lens shader")
        return target.read_text(encoding="utf-8")
