"""How a spec names what it is made of: by id and checksum, never by path."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class AssetRef(BaseModel):
    """Which asset, and which bytes of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    sha256: str
