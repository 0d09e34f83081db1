"""Archives are unpacked in private, or refused whole."""

import stat
import zipfile

import pytest
from tests.intake.archives import name_twice, quote_entry

from phusong.intake.archives import unpack_archive
from phusong.vocabulary.errors import SourceFault
from phusong.vocabulary.parameters import load_parameters

INTAKE = load_parameters().intake


def pack(path, entries, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return path


def unpack(path):
    with unpack_archive(path, INTAKE, file=str(path)) as folder:
        return {p.name: p.read_bytes() for p in folder.iterdir()}


def test_a_good_archive_is_unpacked_and_gone_afterwards(tmp_path):
    path = pack(tmp_path / "a.zip", [("xa/xa.shp", b"1"), ("xa/xa.dbf", b"2")])
    assert unpack(path) == {"xa.shp": b"1", "xa.dbf": b"2"}
    with unpack_archive(path, INTAKE, file="a.zip") as folder:
        kept = folder
    assert not kept.exists()


@pytest.mark.parametrize(
    "name", ["../evil.shp", "/etc/evil.shp", "a/../../evil.shp", "C:\\evil.shp", "..\\evil.shp"]
)
def test_a_name_that_leaves_the_folder_is_refused(tmp_path, name):
    with pytest.raises(SourceFault, match="leaves its folder"):
        unpack(pack(tmp_path / "a.zip", [(name, b"x")]))
    assert [p.name for p in tmp_path.iterdir()] == ["a.zip"]


def test_a_link_is_refused(tmp_path):
    link = zipfile.ZipInfo("xa.shp")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(SourceFault, match="link"):
        unpack(pack(tmp_path / "a.zip", [(link, b"/etc/passwd")]))


def test_an_archive_in_an_archive_is_refused(tmp_path):
    with pytest.raises(SourceFault, match="within the archive"):
        unpack(pack(tmp_path / "a.zip", [("b.zip", b"PK")]))


def test_a_bomb_is_refused_by_its_ratio(tmp_path):
    with pytest.raises(SourceFault, match="packed tighter"):
        unpack(pack(tmp_path / "a.zip", [("xa.shp", b"\0" * 5_000_000)]))


def test_too_many_entries_are_refused(tmp_path):
    with pytest.raises(SourceFault, match="more than 50 files"):
        unpack(pack(tmp_path / "a.zip", [(f"{i}.txt", b"x") for i in range(51)]))


def test_a_size_that_the_directory_understates_is_counted(tmp_path):
    """A forged directory says one byte; what comes out is more than the cap."""
    path = pack(
        tmp_path / "a.zip", [("xa.shp", b"abc" * 2_000_000)], compression=zipfile.ZIP_STORED
    )
    data = path.read_bytes().replace((6_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path.write_bytes(data)
    with pytest.raises((SourceFault, zipfile.BadZipFile)):
        unpack(path)


def test_an_encrypted_entry_is_refused(tmp_path):
    path = pack(tmp_path / "a.zip", [("xa.shp", b"abc")])
    data = bytearray(path.read_bytes())
    for start, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(start) + offset
        data[at] |= 0x1
    path.write_bytes(bytes(data))
    with pytest.raises(SourceFault, match="password"):
        unpack(path)


def test_an_empty_archive_is_refused(tmp_path):
    with pytest.raises(SourceFault, match="empty"):
        unpack(pack(tmp_path / "a.zip", []))


def test_two_entries_over_the_same_bytes_are_refused_under_every_interpreter(tmp_path):
    quoting = quote_entry(tmp_path / "quoting.zip", "xa.shp", "xa.dbf", b"y" * 1000)
    with zipfile.ZipFile(quoting) as archive:
        outer, inner = archive.infolist()
        assert outer.header_offset < inner.header_offset < outer.header_offset + outer.file_size
    twice = name_twice(tmp_path / "twice.zip", "xa.shp", "xa.dbf", b"y" * 1000)
    for path in (quoting, twice):
        with pytest.raises(SourceFault, match="over the same bytes"):
            unpack(path)


def test_an_entry_that_reaches_into_the_directory_is_refused(tmp_path):
    path = pack(tmp_path / "a.zip", [("xa.shp", b"1234")], zipfile.ZIP_STORED)
    data = path.read_bytes()
    size, at = (4).to_bytes(4, "little"), data.index(b"PK\x01\x02") + 20
    assert data[at : at + 4] == size
    path.write_bytes(data[:at] + (5).to_bytes(4, "little") + data[at + 4 :])
    with pytest.raises(SourceFault, match="over the same bytes"):
        unpack(path)


def test_an_archive_behind_other_bytes_is_read_as_it_is(tmp_path):
    path = pack(tmp_path / "a.zip", [("xa.shp", b"1"), ("xa.dbf", b"2")])
    path.write_bytes(b"#!/bin/sh\n" + path.read_bytes())
    assert unpack(path) == {"xa.shp": b"1", "xa.dbf": b"2"}
