"""Bytes in the encodings of thirty years."""

import codecs

import pytest
from tests.intake.offices import fixes

from phusong.intake.decoding import ENCODINGS, decode_bytes
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.rules import SourceRefused

TEXT = "Mã trạm,Địa chỉ\nA,Thôn Đồng Giếng xã Đạo Trù\nB,Tổ dân phố Nguyễn Thái Học\n"
TCVN3 = "M· tr¹m,§Þa chØ\nA,Th«n §ång GiÕng x· §¹o Trï\n".encode("cp1252")


def read(data, **options):
    findings = Findings()
    return decode_bytes(data, ReadOptions(**options), findings, file="a.csv"), findings


def test_utf8_passes_without_a_word():
    text, findings = read(TEXT.encode())
    assert text == TEXT
    assert not findings.fixes


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_listed(data):
    text, findings = read(data)
    assert text == TEXT
    assert fixes(findings) == {"byte_order_mark": 1}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_a_mark_is_told_by_its_zeros(encoding):
    text, findings = read(TEXT.encode(encoding))
    assert text == TEXT
    assert fixes(findings) == {"wide_text": 1}


def test_legacy_bytes_are_asked_about_with_a_sample_of_each():
    text, findings = read(TCVN3)
    assert text is None
    question = findings.question
    assert question.about == "encoding"
    assert question.choices[0] == "tcvn3"
    assert set(question.choices) == {"tcvn3", "vni", "viscii", "cp1258"}
    assert "Đồng Giếng" in question.why or "Địa chỉ" in question.why


def test_the_answer_is_obeyed():
    text, findings = read(TCVN3, encoding="tcvn3")
    assert "Thôn Đồng Giếng xã Đạo Trù" in text
    assert findings.question is None


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_that_may_be_stated_reads_plain_letters(encoding):
    data = "Ma tram\nA\n".encode("utf-16" if encoding == "utf-16" else "ascii")
    assert read(data, encoding=encoding)[0] == "Ma tram\nA\n"


def test_windows_1258_comes_out_composed():
    data = "Thôn Ða\u0323o".encode("cp1258", "ignore")
    assert "ạ" in read(data, encoding="cp1258")[0]


def test_an_encoding_that_does_not_fit_is_refused_with_the_row():
    with pytest.raises(SourceRefused) as caught:
        read(b"A,B\n\n" + TCVN3, encoding="utf-8")
    assert (caught.value.rule, caught.value.row) == ("wrong_encoding", 3)


def test_an_unknown_encoding_is_refused_with_the_choices():
    with pytest.raises(SourceRefused, match="viscii"):
        read(TEXT.encode(), encoding="koi8-r")


def test_a_few_broken_lines_do_not_put_the_file_in_doubt():
    data = TEXT.encode() + "C,Thôn ".encode() + b"\xa7\xe5ng\n"
    text, findings = read(data)
    assert findings.question is None
    assert "\ufffd" in text.splitlines()[3]
    assert "\ufffd" not in "".join(text.splitlines()[:3])
