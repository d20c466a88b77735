"""Where a scene takes place and who may be in it: the draws that scenes of several kinds have in common."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewlock.assets_manifest.catalogue import Asset, Catalogue

from . import lights
from .coverings import Covering, draw_coverings
from .domes import DOME, dome_stage, draw_dome
from .drawing import split_of
from .layouts import Params
from .lights import SceneLight, draw_light
from .people import wears_loosely
from .places import PLACES, Stage, stage
from .randomness import stream
from .real_places import draw_real_place, real_stage
from .recordings import acts, own_names
from .skies import open_sky
from .spec import AssetRef, Person, Place, Plane, Thing
from .staged_config import StagedConfig

Array = NDArray[np.float64]


class Setting:
    """One attempt at the place, the light and the assets of a scene. Each part draws from its own stream.

    Attributes:
        split: of the scene.
        environment: the picture that surrounds it, if a file does.
        place, params: where it is.
        stage: what there is to know of the place.
        place_index: index of all objects of the place that are no large plane; people and things come after it.
    """

    def __init__(self, config: StagedConfig, catalogue: Catalogue, scene_id: int, attempt: int) -> None:
        self.config, self.catalogue = config, catalogue
        self.scene_id, self.attempt = scene_id, attempt
        self.split = split_of(config, scene_id)
        self.environment = self._environment()
        self.place, self.params = self._place()
        self.stage = self._stage()
        self.place_index = len(self.stage.planes) + 1

    def rng(self, part: str) -> np.random.Generator:
        return stream(self.config.seed, self.scene_id, self.attempt, part)

    def settled(self, part: str) -> np.random.Generator:
        """A stream that every attempt at the scene shares: what is hard to arrange must not become rare."""
        return stream(self.config.seed, self.scene_id, 0, part)

    # ------------------------------------------------------------ place and light
    def _environment(self) -> Asset | None:
        files = self.catalogue.of("hdri", self.split)
        if self.config.environments.dome == 0:
            files = [file for file in files if open_sky(file)]
        rng = self.settled("environment")
        if not files or rng.random() >= self.config.environments.share:
            return None
        return files[int(rng.integers(len(files)))]

    def _place(self) -> tuple[Asset, Params]:
        if self.environment is not None and (
            self.settled("dome").random() < self.config.environments.dome or not open_sky(self.environment)
        ):
            return self.catalogue.get(f"place/{DOME}"), draw_dome(self.rng("place"))
        choice = self.settled("kind of place")
        category = "indoor" if choice.random() < self.config.indoor else "outdoor"
        files = self.catalogue.of("scene", self.split)
        real = self.settled("real place")
        if files and real.random() < self.config.assets.share:
            found = draw_real_place(files, category == "indoor", real, self.rng("place"))
            if found is not None:
                return found
        kinds = [a.name for a in self.catalogue.of("place") if a.category == category]
        kind = str(choice.choice(kinds))
        return self.catalogue.get(f"place/{kind}"), PLACES[kind](self.rng("place"))

    def _stage(self) -> Stage:
        if self.place.kind == "scene":
            return real_stage(self.place, self.params)
        return dome_stage(self.params) if self.place.name == DOME else stage(self.place.name, self.params)

    def mood(self) -> str:
        if self.environment is not None and not self.stage.indoor:
            return lights.FROM_FILE
        choice = self.settled("light mood")
        known = lights.INDOOR if self.stage.indoor else lights.OUTDOOR
        return str(choice.choice([mood for mood in known if mood in self.config.light.moods]))

    def light(self, mood: str, change: str, frame_times_s: Array) -> SceneLight:
        """The light in a mood.

        Args:
            change: how strongly it changes.
            frame_times_s: (S, N) seconds.
        """
        sky = self.catalogue.of("sky")[0]
        return draw_light(self.stage, mood, sky, self.environment, change, frame_times_s, self.rng)

    def steady_light(self, mood: str) -> SceneLight:
        """The light in a mood, for a scene in which nothing changes."""
        return self.light(mood, "none", np.array([[0.0, 1.0]]))

    def described(self, mood: str, light: SceneLight, people_and_things: list[Any]) -> dict[str, Any]:
        """The part of a `StagedSpec` that says where the scene is, when, and with whom.

        Args:
            people_and_things: as they are to be numbered.
        """
        planes = tuple(
            Plane(name=name, index=k + 1, normal=normal, offset=offset)
            for k, (name, normal, offset) in enumerate(self.stage.planes)
        )
        place = Place(
            asset=reference(self.place),
            params=dict(self.params),
            index=self.place_index,
            planes=planes,
            coverings=self._coverings(),
        )
        first = self.place_index + 1
        numbered = [item.model_copy(update={"index": first + k}) for k, item in enumerate(people_and_things)]
        return {
            "scene_id": self.scene_id,
            "attempt": self.attempt,
            "seed": self.config.seed,
            "split": self.split,
            "light_mood": mood,
            "place": place,
            "people": tuple(p for p in numbered if isinstance(p, Person)),
            "things": tuple(t for t in numbered if isinstance(t, Thing)),
            "lights": light.lamps,
            "glow": light.glow,
            "world": light.world,
        }

    def _coverings(self) -> tuple[Covering, ...]:
        """Texture sets of files on the place's large surfaces; domes and places of files keep their own."""
        if self.place.kind == "scene" or self.place.name == DOME:
            return ()
        textures = self.catalogue.of("texture", self.split)
        names = [name for name, _, _ in self.stage.planes]
        return draw_coverings(self.place.name, names, textures, self.config.assets.share, self.rng("coverings"))

    # ------------------------------------------------------------ assets
    def shuffled(self, assets: list[Asset], rng: np.random.Generator) -> list[Asset]:
        """Assets in a random order, in which files and procedural ones mix as the preset's share says."""
        files, own = _by_origin([assets[n] for n in rng.permutation(len(assets))])
        order = []
        while files and own:
            order.append((files if rng.random() < self.config.assets.share else own).pop(0))
        return order + files + own

    def recordings(self, character: Asset, share: float, rng: np.random.Generator) -> list[Asset | str]:
        """What a person may play: motion files of the split and the character's own motions; nothing beyond
        `share`. Animals and robots play what came with them, always."""
        if not acts(character):
            return list(own_names(character))
        choices = [*self.catalogue.of("motion", self.split), *own_names(character)]
        if not choices or rng.random() >= share:
            return []
        return [] if character.imported is None and wears_loosely(character.name) else choices

    def model(self, rng: np.random.Generator) -> Asset:
        """A thing of the split: a file's in the wanted share, where there are any, else a procedural one."""
        assets = self.catalogue.of("object", self.split)
        files, own = _by_origin(assets)
        if files and own:
            assets = files if rng.random() < self.config.assets.share else own
        return assets[int(rng.integers(len(assets)))]


def reference(asset: Asset) -> AssetRef:
    return AssetRef(id=asset.id, sha256=asset.sha256)


def _by_origin(assets: list[Asset]) -> tuple[list[Asset], list[Asset]]:
    """Those of files, and the procedural ones."""
    return [a for a in assets if a.imported is not None], [a for a in assets if a.imported is None]
