"""`croissant.json`: a dataset described for machines, in the Croissant 1.0 vocabulary of MLCommons."""

from __future__ import annotations

from typing import Any

from .fields import stem_of
from .kinds import SHOWN
from .photographs import stored_beside

CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""What every Croissant 1.0 file says its words mean."""


def croissant(content: dict[str, Any]) -> dict[str, Any]:
    """The description of a dataset from its `dataset.json`: each shard with its checksum, the pictures of its samples
    as records by key, and the other fields as files."""
    shards = [_shard(shard) for shard in content["shards"]]
    config = content["provenance"]["config"]
    pictures = SHOWN[content["kind"]].pictures(config)
    more, linear = stored_beside(pictures, config)
    pictures = [*pictures, *more]
    files = [_files(name, "png", shards) for name in pictures] + [_files(name, "exr", shards) for name in linear]
    licences = sorted({asset["licence"] for asset in content["assets"]})
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": content["name"],
        "description": (
            f"{sum(s['samples'] for s in content['shards'])} samples of the kind {content['kind']}, "
            "rendered with Viewlock, with exact ground truth."
        ),
        "version": content["version"],
        "license": licences,
        "distribution": [*shards, *files, _files("meta", "json", shards)],
        "recordSet": [_pictures(name) for name in pictures],
    }


def _shard(shard: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": shard["path"],
        "name": shard["path"],
        "contentUrl": shard["path"],
        "contentSize": f"{shard['bytes']} B",
        "encodingFormat": "application/x-tar",
        "sha256": shard["sha256"],
    }


def _files(field: str, suffix: str, shards: list[dict[str, Any]]) -> dict[str, Any]:
    kind = {"png": "image/png", "exr": "image/x-exr", "json": "application/json"}[suffix]
    return {
        "@type": "cr:FileSet",
        "@id": f"{field}-files",
        "name": f"{field}-files",
        "containedIn": [{"@id": shard["@id"]} for shard in shards],
        "encodingFormat": kind,
        "includes": f"*.{stem_of(field)}.{suffix}",
    }


def _pictures(field: str) -> dict[str, Any]:
    files = {"fileSet": {"@id": f"{field}-files"}}
    name = {**files, "extract": {"fileProperty": "filename"}, "transform": {"regex": r"^(.+)\.[^.]+\.png$"}}
    return {
        "@type": "cr:RecordSet",
        "@id": field,
        "name": field,
        "key": {"@id": f"{field}/key"},
        "field": [
            {"@type": "cr:Field", "@id": f"{field}/key", "name": "key", "dataType": "sc:Text", "source": name},
            {
                "@type": "cr:Field",
                "@id": f"{field}/picture",
                "name": "picture",
                "dataType": "sc:ImageObject",
                "source": {**files, "extract": {"fileProperty": "content"}},
            },
        ],
    }
