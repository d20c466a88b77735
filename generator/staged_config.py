"""What the configurations of all kinds have whose scenes take place somewhere, with things and people in them."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from .degradations import OFF, Degrade
from .lights import INDOOR, OUTDOOR
from .sections import Config, EnvironmentChoice, Section, Share

MOODS = (*OUTDOOR, *INDOOR)


class Moods(Section):
    """Attributes:
    moods: the moods of light to draw from.
    """

    moods: tuple[Literal[MOODS], ...] = Field(min_length=1)  # type: ignore[valid-type]


class StagedConfig(Config):
    """Attributes:
    indoor: share of indoor scenes.
    """

    indoor: Share
    environments: EnvironmentChoice
    light: Moods
    degrade: Degrade = OFF

    @model_validator(mode="after")
    def _some_mood(self) -> Self:
        for moods, place, asked in ((INDOOR, "indoor", self.indoor > 0), (OUTDOOR, "outdoor", self.indoor < 1)):
            if asked and not set(moods) & set(self.light.moods):
                raise ValueError(f"light.moods: nothing for {place} scenes; add one of {', '.join(moods)}")
        return self
