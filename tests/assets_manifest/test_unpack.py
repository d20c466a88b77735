"""Archives that want to leave their folder, to link, or to fill the disk."""

import io
import os
import stat
import tarfile
import zipfile

import pytest

from viewlock.assets_manifest.unpack import Bounds, unpack
from viewlock.errors import DatasetError

PLENTY = Bounds(10_000_000)


def tar(path, *members, compression="gz"):
    """A tar of (name, content) or ready `TarInfo`s."""
    with tarfile.open(path, f"w:{compression}") as file:
        for member in members:
            if isinstance(member, tarfile.TarInfo):
                file.addfile(member)
            else:
                info = tarfile.TarInfo(member[0])
                info.size = len(member[1])
                file.addfile(info, io.BytesIO(member[1]))
    return path


def zip_(path, *members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members:
            file.writestr(name, content)
    return path


def special(name, kind, target=""):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


@pytest.fixture
def into(tmp_path):
    """Unpacks an archive; returns what is then in the folder."""

    def run(archive, bounds=PLENTY):
        folder = tmp_path / "out"
        folder.mkdir()
        unpack(archive, folder, bounds, "it")
        return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}

    return run


@pytest.mark.parametrize("compression", ["", "gz", "bz2", "xz"])
def test_a_tar(tmp_path, into, compression):
    archive = tar(
        tmp_path / "a", ("x/y.txt", b"1"), special("empty", tarfile.DIRTYPE), ("./z", b"2"), compression=compression
    )
    assert into(archive) == {"x/y.txt": b"1", "z": b"2"}
    assert (tmp_path / "out" / "empty").is_dir()


def test_a_zip(tmp_path, into):
    assert into(zip_(tmp_path / "a", ("x/", ""), ("x/ä ö.txt", "1"), ("z", "2"))) == {"x/ä ö.txt": b"1", "z": b"2"}


NAMES = ["/etc/evil", "../evil", "x/../../evil", "x\\..\\evil", "C:/evil", "a\nb", "//evil", "x/.."]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("make", [tar, zip_])
def test_names_that_lead_out(tmp_path, into, make, name):
    with pytest.raises(DatasetError, match=r"it: member .* is (outside of the archive|a name that is not plain text)"):
        into(make(tmp_path / "a", ("good", b"1"), (name, b"2")))
    assert {p.name for p in tmp_path.rglob("*")} <= {"a", "out", "good"}


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_in_a_tar(tmp_path, into, kind):
    with pytest.raises(DatasetError, match="member 'x' is a link or device"):
        into(tar(tmp_path / "a", special("x", kind, "/etc/passwd"), ("x/y", b"1")))
    assert list((tmp_path / "out").iterdir()) == []


def test_a_link_in_a_zip(tmp_path, into):
    info = zipfile.ZipInfo("x")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(DatasetError, match="member 'x' is a link or device"):
        into(zip_(tmp_path / "a", (info, "/etc/passwd")))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("make", [tar, zip_])
def test_members_that_are_there_twice_or_below_a_file(tmp_path, into, make):
    with pytest.raises(DatasetError, match="member 'x' is there twice"):
        into(make(tmp_path / "a", ("x", b"1"), ("x", b"2")))
    os.rename(tmp_path / "out", tmp_path / "before")  # noqa: PTH104
    with pytest.raises(DatasetError, match="member 'x/y' lies below a file"):
        into(make(tmp_path / "b", ("x", b"1"), ("x/y", b"2")))


@pytest.mark.parametrize("make", [tar, zip_])
def test_bombs(tmp_path, into, make):
    with pytest.raises(DatasetError, match="it: unpacks to more than 10000000 bytes"):
        into(make(tmp_path / "a", ("x", bytes(9_000_000)), ("y", bytes(9_000_000))))
    assert sum(p.stat().st_size for p in (tmp_path / "out").rglob("*")) < 10_000_000


def test_a_bomb_that_says_it_is_small(tmp_path, into):
    """The length in a zip's directory is only a claim."""
    archive = zip_(tmp_path / "a", ("x", bytes(9_000_000)))
    data = archive.read_bytes()
    archive.write_bytes(data.replace((9_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    with pytest.raises(DatasetError, match=r"it: (a damaged archive|unpacks to more than)"):
        into(archive, Bounds(1000))
    assert sum(p.stat().st_size for p in (tmp_path / "out").rglob("*")) <= 1000


def test_too_many_members(tmp_path, into):
    with pytest.raises(DatasetError, match="expected at most 20 files, got more"):
        into(tar(tmp_path / "a", *((str(n), b"") for n in range(30))), Bounds(1000, max_files=20))
    assert len(list((tmp_path / "out").iterdir())) == 20


def test_a_header_that_is_too_large(tmp_path, into):
    info = tarfile.TarInfo("x")
    info.pax_headers = {"comment": "y" * 2_000_000}
    with tarfile.open(tmp_path / "a", "w:gz", format=tarfile.PAX_FORMAT) as file:
        file.addfile(info)
    with pytest.raises(DatasetError, match="a header of more than 1 MiB"):
        into(tmp_path / "a")


def test_what_is_no_archive_or_damaged(tmp_path, into):
    (tmp_path / "a").write_bytes(b"hello" * 1000)
    with pytest.raises(DatasetError, match="it: expected a zip or tar archive"):
        into(tmp_path / "a")
    os.rename(tmp_path / "out", tmp_path / "before")  # noqa: PTH104
    archive = tar(tmp_path / "b", ("x", os.urandom(100_000)))
    archive.write_bytes(archive.read_bytes()[:50_000])
    with pytest.raises(DatasetError, match="it: a damaged archive"):
        into(archive)
