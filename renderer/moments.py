"""The scene's geometry at each frame time, and while rows are read about it: what never moves is kept, and prepared for
rays, only once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from .meshes import SceneMeshes, Topology
from .raycast import Layer, RayCaster
from .rolling import KEY_MOMENTS, RollingCaster

Array = NDArray[np.float64]


class Moments:
    """Vertex arrays and ray casters of a scene at given times.

    Args:
        meshes: reads the scene.
        set_time: moves the scene to a time.
        times_s: the times, at least one.

    Attributes:
        moving: indices of the objects that ever move.
    """

    def __init__(self, meshes: SceneMeshes, set_time: Callable[[float], None], times_s: Sequence[float]) -> None:
        self.topology: Topology = meshes.topology
        self._changes: dict[float, tuple[NDArray[np.int64], Array]] = {}
        moved = np.zeros(len(self.topology.vertex_object), bool)
        set_time(times_s[0])
        self._first = meshes.vertices()
        for time_s in dict.fromkeys(times_s):
            set_time(time_s)
            self._changes[time_s] = meshes.changes()
            moved[self._changes[time_s][0]] = True
        self.moving = frozenset(np.unique(self.topology.vertex_object[moved]).tolist())
        moving = moved[self.topology.triangles].any(axis=1)
        self._moving = np.flatnonzero(moving)
        still = np.flatnonzero(~moving)
        self._still = [Layer(self.topology, self._first, still)] if len(still) else []
        self._recent: dict[float, RayCaster] = {}

    def vertices(self, time_s: float) -> Array:
        """(V, 3) world positions at one of the times."""
        changed, values = self._changes[time_s]
        vertices = self._first.copy()
        vertices[changed] = values
        return vertices

    def caster(self, time_s: float) -> RayCaster:
        """Rays against the scene at one of the times; the last two casters are kept."""
        if time_s not in self._recent:
            while len(self._recent) >= 2:
                self._recent.pop(next(iter(self._recent)))
            vertices = self.vertices(time_s)
            moving = [Layer(self.topology, vertices, self._moving)] if len(self._moving) else []
            self._recent[time_s] = RayCaster(self.topology, vertices, self._still + moving)
        return self._recent[time_s]

    def rolling(self, time_s: float, readout_s: float) -> RollingCaster:
        """Rays against the scene while rows are read about one of the times; all its `key_times` must be given ones."""
        keys = [self.vertices(key) for key in key_times(time_s, readout_s)]
        objects = self.topology.object_index[self._moving]
        moving = {int(k): self._moving[objects == k] for k in np.unique(objects)}
        return RollingCaster(self.topology, self._still, moving, keys, readout_s)


def key_times(time_s: float, readout_s: float) -> list[float]:
    """The moments at which `Moments.rolling` needs the scene exactly."""
    return [time_s + float(share) * readout_s for share in np.linspace(-1, 1, KEY_MOMENTS)]
