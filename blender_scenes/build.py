"""`StagedSpec` -> a live Blender scene that can be set to any moment. Nothing random is decided here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import bpy
import numpy as np
from mathutils import Matrix
from numpy.typing import NDArray

from viewlock.assets_manifest.catalogue import Catalogue
from viewlock.assets_manifest.prepared import read_record
from viewlock.generator.acting import act, body
from viewlock.generator.appearance import CHARACTERS
from viewlock.generator.domes import DOME
from viewlock.generator.flights import Bird, flying
from viewlock.generator.gaits import walking
from viewlock.generator.motions import CharacterMotion, pose
from viewlock.generator.recordings import RecordedMotion, playback
from viewlock.generator.rigid_motion import RigidMotion
from viewlock.generator.spec import Person, StagedSpec, Thing
from viewlock.generator.wheels import ROLLING, wheel_turn

from .changes import change, change_vector
from .coverings import add_covered
from .dome import add_dome
from .importers.placing import PlacedCharacter, place_character, place_object, place_place
from .kept import kept_figure, kept_object
from .lights import add_light, apply_light, shining
from .materials import add_model
from .meshes import tube
from .objects.kit import apart
from .people.bodies import Figure
from .people.characters import Character, add_character, apply_pose
from .places import build_place
from .surfaces import Model, Surface, Wheel
from .worlds import add_world, environment

Array = NDArray[np.float64]

Move = Callable[[float], None]
"""Brings something to where it is at a time."""

_ROPE = Surface("plain", colours=((0.16, 0.1, 0.05),), roughness=0.9)


@dataclass(repr=False)
class LiveScene:
    """The scene in Blender's memory; there is one at a time.

    It has no representation: one of objects that Blender has removed would crash.
    """

    spec: StagedSpec
    people: list[Character | PlacedCharacter]
    acting: list[Callable[[float], Array]]
    things: list[bpy.types.Object]
    moves: list[Move]
    lamps: list[bpy.types.Object]
    shining: list[tuple[bpy.types.NodeSocket, float]]
    skies: list[bpy.types.Node]

    def set_time(self, time_s: float) -> None:
        """Move everything to where it is at a time, and light it as it is lit then."""
        for character, acting in zip(self.people, self.acting, strict=True):
            if isinstance(character, PlacedCharacter):
                character.set_pose(acting(time_s))
            else:
                apply_pose(character, acting(time_s))
        for move in self.moves:
            move(time_s)
        for lamp, light in zip(self.lamps, self.spec.lights, strict=True):
            apply_light(lamp, light, time_s)
        glow = float(self.spec.glow.at(time_s)[0])
        for emission, own in self.shining:
            change(emission, default_value=own * glow)
        strength = float(self.spec.world.strength.at(time_s)[0])
        for sky in self.skies:
            change(sky.inputs["Strength"], default_value=strength)
        bpy.context.view_layer.update()


def build(spec: StagedSpec, catalogue: Catalogue) -> LiveScene:
    """Empty Blender and build a scene; it stands at its first frame time.

    Raises:
        ConfigError: an asset is missing or is not what the spec was drawn with.
    """
    bpy.ops.wm.read_factory_settings(use_empty=True)
    for ref in spec.assets:
        catalogue.get(ref.id, ref.sha256)
    image = environment(spec.world, catalogue)
    skies = [add_world(spec.world, image)]
    real = catalogue.get(spec.place.asset.id).imported
    if spec.place.asset.id == f"place/{DOME}":
        skies += add_dome(spec.place, spec.world, image)
    elif real is not None:
        place_place(read_record(real), spec.place)
    else:
        _add_place(spec, catalogue)
    glowing = shining()  # of the place alone: things keep what they give off
    people = [_add_person(person, catalogue) for person in spec.people]
    acting = [_acting(person, body, catalogue) for person, body in zip(spec.people, people, strict=True)]
    added = [_add_thing(thing, catalogue) for thing in spec.things]
    moves = [move for _, found in added for move in found]
    moves += [_add_rope(thing) for thing in spec.things if thing.motion.kind == "swing"]
    lamps = [add_light(light) for light in spec.lights]
    live = LiveScene(spec, people, acting, [made for made, _ in added], moves, lamps, glowing, skies)
    live.set_time(spec.frame_times[0])
    return live


def _name(asset_id: str) -> str:
    return asset_id.split("/", 1)[1]


def _add_place(spec: StagedSpec, catalogue: Catalogue) -> None:
    planes = {plane.name: plane.index for plane in spec.place.planes}
    covered = {part: covering for covering in spec.place.coverings for part in covering.parts}
    for name, model in build_place(_name(spec.place.asset.id), spec.place.params):
        if name in covered:
            part = add_covered(f"place-{name}", model, covered[name], catalogue.get(covered[name].asset.id))
        else:
            part = add_model(f"place-{name}", model)
        part.pass_index = planes.get(name, spec.place.index)


def _add_person(person: Person, catalogue: Catalogue) -> Character | PlacedCharacter:
    name, folder = f"person-{person.index}", catalogue.get(person.asset.id).imported
    character = (
        add_character(name, kept_figure(CHARACTERS[_name(person.asset.id)], _carrying(person)))
        if folder is None
        else place_character(read_record(folder), name)
    )
    character.mesh.pass_index = person.index
    return character


def _carrying(person: Person) -> CharacterMotion | None:
    """The motion that says what is in somebody's hands; in a recording they are empty."""
    return None if isinstance(person.motion, RecordedMotion) else person.motion


def _acting(person: Person, character: Character | PlacedCharacter, catalogue: Catalogue) -> Callable[[float], Array]:
    """(J, 4, 4) skinning matrices of a person over time."""
    motion = person.motion
    if isinstance(motion, RecordedMotion):
        played = playback(motion, catalogue.get(person.asset.id), catalogue)
        return lambda time_s: played.pose(motion, time_s)
    if isinstance(character, PlacedCharacter):
        rig, own = body(character.prepared)
        return lambda time_s: act(motion, rig, own, time_s)
    return lambda time_s: pose(motion, character.figure.skeleton, time_s).skin


def _add_thing(thing: Thing, catalogue: Catalogue) -> tuple[bpy.types.Object, list[Move]]:
    """A thing, and what moves it and its parts; all of them have its index."""
    name, folder = f"thing-{thing.index}", catalogue.get(thing.asset.id).imported
    if folder is not None:
        parts = [(place_object(read_record(folder), name), _matrix)]
    else:
        model = kept_object(_name(thing.asset.id), thing.motion.kind == "flap")
        if model.beast is not None and thing.motion.kind in ("walk", "flap"):
            return _add_beast(name, thing, model)
        model, loose = apart(model) if thing.motion.kind in ROLLING else (model, [])
        parts = [(add_model(name, model), _matrix)]
        parts += [(add_model(f"{name}-wheel-{k}", m), partial(_wheel_matrix, w)) for k, (m, w) in enumerate(loose)]
    for part, _ in parts:
        part.pass_index = thing.index
    return parts[0][0], [partial(_carry, part, matrix, thing.motion, thing.scale) for part, matrix in parts]


def _add_beast(name: str, thing: Thing, model: Model) -> tuple[bpy.types.Object, list[Move]]:
    """An animal that walks or flies: joints bend its skin."""
    assert model.beast is not None and model.weights is not None
    beast = model.beast.placed(thing.scale, np.zeros(3))
    whole = Figure(replace(model, mesh=model.mesh.scaled(thing.scale)), model.weights, beast.skeleton())
    made = add_character(name, whole)
    made.mesh.pass_index = thing.index
    if isinstance(beast, Bird):
        return made.mesh, [lambda time_s: apply_pose(made, flying(beast, thing.motion, time_s))]
    return made.mesh, [lambda time_s: apply_pose(made, walking(beast, thing.motion, time_s))]


def _add_rope(thing: Thing) -> Move:
    """The rope of a swinging thing, from the pivot to its middle; it belongs to the thing."""
    middle, top = thing.motion.middle_m, thing.motion.middle_m + thing.motion.pivot_m
    path = np.array([[0, 0, z] for z in np.linspace(middle, top, 4)])
    rope = add_model(f"rope-{thing.index}", Model(tube(path, 0.008, segments=8), (_ROPE,)))
    rope.pass_index = thing.index
    return partial(_carry, rope, _matrix, thing.motion, 1.0)


def _carry(
    made: bpy.types.Object,
    matrix: Callable[[RigidMotion, float, float], Matrix],
    motion: RigidMotion,
    scale: float,
    time_s: float,
) -> None:
    change_vector(made, "matrix_world", matrix(motion, time_s, scale))


def _wheel_matrix(wheel: Wheel, motion: RigidMotion, time_s: float, scale: float) -> Matrix:
    """Where the points of a wheel are, given in the thing's own axes."""
    x, y, _ = wheel.middle
    steered, rolled = wheel_turn(motion, time_s, (scale * x, scale * y), scale * wheel.radius, wheel.steers)
    middle, turned = Matrix.Translation(wheel.middle), Matrix.Rotation(steered, 4, "Z")
    return _matrix(motion, time_s, scale) @ middle @ turned @ Matrix.Rotation(-rolled, 4, "Y") @ middle.inverted()


def _matrix(motion: RigidMotion, time_s: float, scale: float) -> Matrix:
    rotation, position = motion.pose(time_s)
    matrix = np.eye(4)
    matrix[:3, :3], matrix[:3, 3] = rotation * scale, position
    return Matrix(matrix.tolist())
