"""The attribution of a dataset: exactly what was used, with all that is known about it."""

from viewlock.assets_manifest.catalogue import Asset, Catalogue
from viewlock.exporters.cards import attribution


def credit(**known):
    """The credit of an asset in `ATTRIBUTION.md`."""
    asset = Asset(id="hdri/a", kind="hdri", sha256="0" * 64, **known)
    unused = Asset(id="hdri/b", kind="hdri", sha256="1" * 64)
    content = {"assets": [{"id": "hdri/a", "used_in": ["train"]}]}
    text = attribution(content, Catalogue([asset, unused]))
    assert "hdri/b" not in text
    row = text.splitlines()[-1]
    assert row.replace("\\|", "").count("|") == 6
    return row.removeprefix("| hdri/a | ").removesuffix(" | `0000000000000000` | train |")


def test_author_source_and_licence_are_named_once():
    assert credit(licence="CC-BY-4.0", attribution="Sky", author="Ada", source="https://example.org/sky") == (
        "CC-BY-4.0 | Sky by Ada, <https://example.org/sky>"
    )
    assert credit(licence="CC-BY-4.0", attribution="Sky by Ada", author="Ada") == "CC-BY-4.0 | Sky by Ada"
    assert credit(licence="unknown", attribution="user file a.hdr") == "unknown | user file a.hdr"


def test_a_credit_cannot_break_the_table():
    assert credit(attribution="a | b\nc") == "Apache-2.0 | a \\| b c"
