"""Archives whose bytes depend on their members alone, and which notice damage."""

import io
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewlock.errors import DatasetError
from viewlock.exporters.tar import tar_bytes, tar_index, tar_members

MEMBERS = [("000000-000.i1.png", b"a" * 700), ("000000-000.meta.json", b"{}"), ("000000-001.i1.png", b"b" * 512)]

names = st.text("abcdefghij0123456789-_", min_size=1, max_size=40)


@given(st.dictionaries(names, st.binary(max_size=2000)))
def test_members_round_trip_and_bytes_repeat(members):
    data = tar_bytes(members.items())
    assert data == tar_bytes(members.items())
    assert tar_members(data, "here") == members


def test_headers_say_nothing_of_time_or_place():
    with tarfile.open(fileobj=io.BytesIO(tar_bytes(MEMBERS))) as archive:
        infos = archive.getmembers()
    assert [info.name for info in infos] == [name for name, _ in MEMBERS]
    for info in infos:
        assert (info.mtime, info.uid, info.gid, info.uname, info.gname, info.mode) == (0, 0, 0, "", "", 0o644)
        assert info.isfile()


def test_it_is_plain_ustar():
    data = tar_bytes(MEMBERS)
    assert data[257:265] == b"ustar\x0000"


def test_names_too_long_for_ustar_are_refused():
    with pytest.raises(ValueError, match="too long"):
        tar_bytes([("n" * 300, b"")])


def test_the_index_finds_the_bytes(tmp_path):
    path = tmp_path / "x.tar"
    path.write_bytes(tar_bytes(MEMBERS))
    raw = path.read_bytes()
    found = {m.name: raw[m.offset : m.offset + m.size] for m in tar_index(path)}
    assert found == dict(MEMBERS)


def whole_and_cut() -> tuple[bytes, list[int]]:
    data = tar_bytes(MEMBERS)
    # Within data, within a header, and between members, where a reader may take the cut for the end.
    return data, [100, 512, 700, 1536, 2000, 2048, 2100, 2560, 3072, 3584]


@pytest.mark.parametrize("length", whole_and_cut()[1])
def test_a_cut_archive_is_noticed(tmp_path: Path, length):
    path = tmp_path / "x.tar"
    path.write_bytes(whole_and_cut()[0][:length])
    with pytest.raises(DatasetError, match=r"x\.tar: not a readable tar archive"):
        tar_index(path)
    with pytest.raises(DatasetError, match="scene: not a readable tar archive"):
        tar_members(whole_and_cut()[0][:length], "scene")


@pytest.mark.parametrize("header", [0, 1536, 2560])
def test_a_damaged_header_is_noticed(tmp_path: Path, header):
    """tarfile itself takes a damaged header that is not the first for the end of the archive."""
    data = bytearray(tar_bytes(MEMBERS))
    data[header + 3] ^= 0xFF
    path = tmp_path / "x.tar"
    path.write_bytes(data)
    with pytest.raises(DatasetError, match="not a readable tar archive"):
        tar_index(path)


@pytest.mark.parametrize("content", [b"", b"not a tar" * 200])
def test_other_files_are_refused(tmp_path: Path, content):
    (tmp_path / "x.tar").write_bytes(content)
    with pytest.raises(DatasetError, match="not a readable tar archive"):
        tar_index(tmp_path / "x.tar")


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(DatasetError, match=r"gone\.tar"):
        tar_index(tmp_path / "gone.tar")
