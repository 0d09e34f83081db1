"""Write the clerk's table of messages and cures, from the rules and repairs themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from phusong.intake.answers import Head, Part, Tone, find_cure, label, split_sentence
from phusong.intake.book_rules import BOOK_RULES
from phusong.intake.layer_rules import LAYER_RULES
from phusong.intake.lineage_words import LINEAGE_RULES
from phusong.intake.measurement_words import MEASUREMENT_RULES
from phusong.intake.pupil_rules import PUPIL_RULES
from phusong.intake.repairs import REPAIRS
from phusong.intake.rules import RULES
from phusong.intake.unit_words import UNIT_RULES

NOTICE = "<!-- Made by phusong.intake.messages from the rules; a test keeps it current. -->"
#: Sections by the kinds that they are about; what is in none of them is about every file.
SECTIONS: tuple[tuple[str, Mapping[str, tuple[str, str]]], ...] = (
    ("Bản đồ, địa hình · Maps and terrain", LAYER_RULES),
    ("Thôn sáp nhập, chia tách · Changes of hamlets", LINEAGE_RULES),
    ("Đo kiểm, phản ánh · Measurements", MEASUREMENT_RULES),
    ("Học sinh, hộ nghèo · Pupils and poor households", PUPIL_RULES),
    ("Danh mục đơn vị hành chính riêng · A province's own list of units", UNIT_RULES),
    ("Sổ ủng hộ, lô máy, gói cước, cam kết · Registers of the programme", BOOK_RULES),
)
OPENING = """Bảng này liệt kê mọi câu trả lời khi kiểm tra một tệp: vì sao, và sửa thế nào. Dấu … thay cho
phần ghi theo từng dòng (số dòng, tên xã, giá trị). Tệp nhận một phần thì sửa các dòng để riêng
rồi gửi lại đúng các dòng đó: `phusong check tram TEP.xlsx --rejected SUA.xlsx`, hoặc nút “Tải
các dòng cần sửa” trên trang “Số liệu giao nộp”.

Every answer that a checked file may be given: why, and what to do. … stands for what differs
from row to row. Of a file that is accepted in part, the rows set aside are corrected and
delivered again: `phusong check cells FILE.xlsx --rejected ROWS.xlsx`, or the button on the page
of deliveries. `code` is the word in the report for machines (`--json`)."""


def describe_messages() -> str:
    """Return every message with its cure, and every repair, in both languages as Markdown."""
    special = {rule for _, rules in SECTIONS for rule in rules}
    general = {rule: described for rule, described in RULES.items() if rule not in special}
    parts = ["# Thông báo khi nhận tệp · Messages about a file", NOTICE, OPENING, _describe_tones()]
    parts.append(_describe_rules("Mọi loại tệp · Every kind of file", general))
    parts += [_describe_rules(title, rules) for title, rules in SECTIONS]
    return "\n\n".join([*parts, _describe_repairs()]) + "\n"


def _describe_tones() -> str:
    """Return the verdicts there are, with the colour in which a page shows them and the exit code."""
    shown = {
        Tone.WHOLE: ("xanh · green", 0),
        Tone.PART: ("vàng · yellow", 0),
        Tone.ASKED: ("vàng · yellow", 3),
        Tone.REFUSED: ("đỏ · red", 2),
    }
    rows = [f"| {tone.vi} | {tone.en} | {shown[tone][0]} | {shown[tone][1]} |" for tone in Tone]
    return "\n".join(
        [
            "| Kết luận | Verdict | Màu · colour | mã thoát · exit |",
            "| --- | --- | --- | --- |",
            *rows,
        ]
    )


def _describe_rules(title: str, rules: Mapping[str, tuple[str, str]]) -> str:
    """Return one section of rules."""
    heads = [label(head, language) for language in ("vi", "en") for head in (Head.WHY, Head.CURE)]
    lines = [f"## {title}", "", _write_row([*heads, "code"]), "| --- | --- | --- | --- | --- |"]
    for rule in sorted(rules):
        vi, en = rules[rule]
        cells = [*_describe_rule(rule, vi, "vi"), *_describe_rule(rule, en, "en"), f"`{rule}`"]
        lines.append(_write_row(cells))
    return "\n".join(lines)


def _describe_rule(rule: str, sentence: str, language: str) -> tuple[str, str]:
    """Return why and what to do, as cells of a table hold them."""
    why, cure = split_sentence(sentence, language)
    return _write_cell(why), _write_cell(cure or find_cure(rule, language))


def _describe_repairs() -> str:
    """Return what is repaired by the program itself."""
    heads = [label(Part.FIXED, "vi"), label(Part.FIXED, "en"), "code"]
    lines = [
        "## Tự sửa, liệt kê đầy đủ · Repaired, and listed",
        "",
        _write_row(heads),
        "| --- | --- | --- |",
    ]
    for rule, (vi, en) in sorted(REPAIRS.items()):
        lines.append(_write_row([_write_cell(vi), _write_cell(en), f"`{rule}`"]))
    return "\n".join(lines)


def _write_row(cells: Iterable[str]) -> str:
    """Return cells as a row of a table."""
    return f"| {' | '.join(cells)} |"


def _write_cell(text: str) -> str:
    """Return a text with its gaps shown, as a cell of Markdown holds it."""
    return re.sub(r"\{\w+\}", "…", text).replace("|", "\\|")
