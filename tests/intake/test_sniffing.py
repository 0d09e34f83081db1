"""What a file is, by its content and never by its name."""

import pickle
import zipfile

import pytest
from tests.intake.offices import write_xlsx

from phusong.intake.rules import SourceRefused
from phusong.intake.sniffing import Form, sniff_form


def sniff(path):
    return sniff_form(path, file=path.name)


def write(path, data):
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "form"),
    [
        ("Mã trạm;Kinh độ\nA;105,6\n".encode(), Form.TEXT),
        ("Mã trạm\tKinh độ\n".encode("utf-16"), Form.TEXT),
        ("Mã trạm\tKinh độ\n".encode("utf-16-le"), Form.TEXT),
        ("M· tr¹m,§Þa chØ\nA,Th«n §ång\n".encode("cp1252"), Form.TEXT),
        (b'{"type": "FeatureCollection", "features": []}', Form.VECTOR),
        (b"\xef\xbb\xbf [1]", Form.VECTOR),
        (b"SQLite format 3\x00rest", Form.VECTOR),
        (b"\x00\x00\x27\x0a" + bytes(96), Form.VECTOR),
        (b'<?xml version="1.0"?><kml xmlns="x"></kml>', Form.VECTOR),
        (b"PAR1....", Form.VECTOR),
        (b"II*\x00rest", Form.RASTER),
        (b"\x00\x05" * (1201 * 1201), Form.RASTER),
    ],
)
def test_the_first_bytes_decide(tmp_path, data, form):
    assert sniff(write(tmp_path / "tep.bin", data)) == form


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "empty_file"),
        (b"%PDF-1.7 ...", "form_pdf"),
        (b"x" * 257 + b"ustar", "form_archive"),
        (b"Rar!....", "form_archive"),
        (pickle.dumps({"a": 1}), "form_pickle"),
        (pickle.dumps([1, 2], protocol=0), "form_pickle"),
        (b"cos\nsystem\n(S'ls'\ntR.", "form_pickle"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "form_page"),
        (b"<!DOCTYPE html>\n<body>", "form_page"),
        (b'<?xml version="1.0"?><Workbook></Workbook>', "form_markup"),
        (b"<OGRVRTDataSource><OGRVRTLayer/></OGRVRTDataSource>", "form_virtual"),
        (b'<VRTDataset rasterXSize="1">', "form_virtual"),
        (b'{"type": "gdal_streamed_alg", "command_line": "x"}', "form_virtual"),
        (b"\x7fELF\x02\x01\x01" + bytes(range(1, 9)) * 20, "form_unknown"),
        (bytes(5000), "form_unknown"),
    ],
)
def test_what_is_turned_away(tmp_path, data, rule):
    with pytest.raises(SourceRefused) as caught:
        sniff(write(tmp_path / "bang.xls", data))
    assert caught.value.rule == rule
    assert "bang.xls" in str(caught.value)


def test_a_workbook_under_another_name_is_a_workbook(tmp_path):
    assert (
        sniff(write_xlsx(tmp_path / "tram.csv.xlsx", [["a"]]).rename(tmp_path / "tram.csv"))
        == Form.WORKBOOK
    )


def zipped(path, *names):
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return path


def test_a_zip_is_told_by_what_it_holds(tmp_path):
    assert sniff(zipped(tmp_path / "a.zip", "a.shp", "a.dbf")) == Form.ARCHIVE
    assert sniff(zipped(tmp_path / "b.zip", "mimetype", "content.xml")) == Form.WORKBOOK
    with pytest.raises(SourceRefused) as caught:
        sniff(zipped(tmp_path / "c.xlsx", "[Content_Types].xml", "word/document.xml"))
    assert caught.value.rule == "form_document"


def test_a_cut_zip_is_damaged(tmp_path):
    with pytest.raises(SourceRefused) as caught:
        sniff(write(tmp_path / "a.xlsx", b"PK\x03\x04" + bytes(50)))
    assert caught.value.rule == "damaged_file"


@pytest.mark.parametrize(
    ("stream", "rule"), [("EncryptedPackage", "locked_file"), ("WordDocument", "form_document")]
)
def test_old_documents_are_told_apart(tmp_path, stream, rule):
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + stream.encode("utf-16-le")
    with pytest.raises(SourceRefused) as caught:
        sniff(write(tmp_path / "a.xls", data))
    assert caught.value.rule == rule
