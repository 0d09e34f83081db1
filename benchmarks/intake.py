"""The door: 300,000 made-up pupils as CSV and 100,000 as a workbook, each read in a process of its own.

Run it from the source tree: `phusong bench intake`. The lists are as school software exports them, 24
columns, nearly every address, name and number different, one row in a hundred faulty. Seconds are CPU seconds
of the process that reads, its memory the most that it held; both hold the loading of the libraries, which is
told apart. There is no peer: no other tool reads such lists, judges each cell and keeps what it turned away.
"""

from __future__ import annotations

import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter
from benchmarks.terrain import describe_machine, print_table

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.door import check_source
from phusong.vocabulary.parameters import load_parameters

CSV_ROWS, WORKBOOK_ROWS, SEED = 300_000, 100_000, 20210921
HEADINGS = (
    "STT;Mã trường;Lớp;Mã học sinh;Họ đệm;Tên;Ngày sinh;Nữ;Số CCCD;Chỗ ở hiện nay;HKTT;SĐT liên hệ;"
    "Tên cha;Tên mẹ;Hộ nghèo;Cận nghèo;Mồ côi;Khuyết tật;Con TB-LS;Đối tượng ưu tiên;Có thiết bị;"
    "Thiết bị dùng chung;Kết nối;Trạng thái HS"
)
SURNAMES = "Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý"
MIDDLES = "Văn Thị Hữu Minh Đức Thanh Ngọc Quang Thu Hải Đình Gia Khánh Bảo"
GIVEN = "An Bình Châu Dung Giang Hà Hương Khoa Lan Linh Mai Nam Nga Phúc Quân Sơn Tâm Trang Tú Vy"
HAMLETS = "Đông Tây Nam Bắc Thượng Hạ Trung Tân Phú An"
ENDINGS = "Sơn Hòa Lạc Thịnh Khê Cường Viên Quang Lai Mỹ"
COMMUNES = "Tích_Sơn Quang_Cương Tam_Hồng Nguyệt_Đức Yên_Đồng Đại_Tự Hồng_Phương Liên_Châu"


def make_rows(count: int) -> Iterator[list[str]]:
    """Yield rows of pupils, one in a hundred with a birth date that is none."""
    rng = random.Random(SEED)

    def pick(words: str) -> str:
        return rng.choice(words.split()).replace("_", " ")

    for number in range(1, count + 1):
        day, year = (
            f"{rng.randrange(1, 29):02d}/{rng.randrange(1, 13):02d}",
            rng.randrange(2004, 2016),
        )
        girl = rng.random() < 0.5
        hamlet = f"thôn {pick(HAMLETS)} {pick(ENDINGS)}"
        commune = f"xã {pick(COMMUNES)}, huyện Yên Lạc"
        yield [
            str(number), f"MP26{number % 323:04d}", f"{2021 - year - 5}{rng.choice('ABCD')}",
            str(2_600_000_000 + number * 7), f"{pick(SURNAMES)} {pick(MIDDLES)}", pick(GIVEN),
            "31/02/2012" if number % 100 == 0 else f"{day}/{year}", "x" if girl else "",
            f"026{2 + girl}{year % 100:02d}{number:06d}" if number % 3 else "",
            f"Số {rng.randrange(1, 400)}, {hamlet}, {commune}", f"{hamlet.title()}, {commune}",
            f"0900{number:06d}", f"{pick(SURNAMES)} {pick(MIDDLES)} {pick(GIVEN)}",
            f"{pick(SURNAMES)} Thị {pick(GIVEN)}", "x" if number % 20 == 0 else "",
            "x" if number % 21 == 0 else "", "", "", "", "", "x" if number % 2 else "",
            "x" if number % 5 == 0 else "", rng.choice(("Wifi", "Không có", "3G/4G")), "Đang học",
        ]  # fmt: skip


def write_text(path: Path, count: int) -> None:
    """Write a list as the sector's software exports it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADINGS.split(";"))
        writer.writerows(make_rows(count))


def write_book(path: Path, count: int) -> None:
    """Write a list as a workbook of one sheet."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Danh sách")
        for at, row in enumerate([HEADINGS.split(";"), *make_rows(count)]):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell)


def read_list(path: Path) -> None:
    """Read a list as the door does, and print what it took."""
    loaded_s, start = processor_s(), time.perf_counter()
    options = ReadOptions(as_of="2021-09-20")
    report = check_source("students", path, options, load_parameters()).diagnosis
    wall_s = time.perf_counter() - start
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row = {
        "list": path.suffix,
        "size MB": f"{path.stat().st_size / 1e6:.0f}",
        "rows": report.rows_in,
        "loading CPU-s": f"{loaded_s:.1f}",
        "reading CPU-s": f"{processor_s() - loaded_s:.1f}",
        "reading s": f"{wall_s:.1f}",
        "peak MiB": f"{peak_mb:.0f}",
    }
    print(json.dumps(row))


def processor_s() -> float:
    """Return the processor time of this process so far [s]."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def measure(path: Path) -> dict[str, Any]:
    """Return what reading a list took, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.intake", str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def run(_folder: Path | None = None) -> dict[str, Any]:
    """Make the lists up and read them."""
    with tempfile.TemporaryDirectory() as folder:
        text, book = Path(folder) / "pupils.csv", Path(folder) / "pupils.xlsx"
        write_text(text, CSV_ROWS)
        write_book(book, WORKBOOK_ROWS)
        rows = [measure(path) for path in (text, book)]
    return {"name": "intake", "machine": describe_machine(), "rows": rows}


if __name__ == "__main__":
    if len(sys.argv) > 1:
        read_list(Path(sys.argv[1]))
    else:
        print_table(run())
