"""The door: 300,000 made-up pupils as CSV and 100,000 as a workbook, each read in a process of its own.

Run it from the source tree: `python -m benchmarks.intake`. The lists are as school software exports them, 24
columns, nearly every address, name and number different, one row in a hundred faulty. Seconds are CPU seconds
of the process that reads, its memory the most that it held; both hold the loading of the libraries, which is
told apart. There is no peer: no other tool reads such lists, judges each cell and keeps what it turned away.
"""

from __future__ import annotations

import csv
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter
from benchmarks.terrain import describe_machine, print_table

CSV_ROWS, WORKBOOK_ROWS, SEED = 300_000, 100_000, 20210921
HEADINGS = (
    "STT;Mã trường;Lớp;Mã học sinh;Họ đệm;Tên;Ngày sinh;Nữ;Số CCCD;Chỗ ở hiện nay;HKTT;SĐT liên hệ;"
    "Tên cha;Tên mẹ;Hộ nghèo;Cận nghèo;Mồ côi;Khuyết tật;Con TB-LS;Đối tượng ưu tiên;Có thiết bị;"
    "Thiết bị dùng chung;Kết nối;Trạng thái HS"
).split(";")
SURNAMES = "Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()
MIDDLES = "Văn Thị Hữu Minh Đức Thanh Ngọc Quang Thu Hải Đình Gia Khánh Bảo".split()
GIVEN = "An Bình Châu Dung Giang Hà Hương Khoa Lan Linh Mai Nam Nga Phúc Quân Sơn Tâm Trang Tú Vy".split()
HAMLETS = "Đông Tây Nam Bắc Thượng Hạ Trung Tân Phú An".split()
ENDINGS = "Sơn Hòa Lạc Thịnh Khê Cường Viên Quang Lai Mỹ".split()
COMMUNES = "Tích Sơn;Quang Cương;Tam Hồng;Nguyệt Đức;Yên Đồng;Đại Tự;Hồng Phương;Liên Châu".split(";")


def make_rows(count: int) -> Iterator[list[str]]:
    """Yield rows of pupils, one in a hundred with a birth date that is none."""
    rng = random.Random(SEED)
    pick = rng.choice
    for number in range(1, count + 1):
        day, year = f"{rng.randrange(1, 29):02d}/{rng.randrange(1, 13):02d}", rng.randrange(2004, 2016)
        girl = rng.random() < 0.5
        hamlet = f"thôn {pick(HAMLETS)} {pick(ENDINGS)}"
        commune = f"xã {pick(COMMUNES)}, huyện Yên Lạc"
        yield [
            str(number), f"MP26{number % 323:04d}", f"{2021 - year - 5}{pick('ABCD')}",
            str(2_600_000_000 + number * 7), f"{pick(SURNAMES)} {pick(MIDDLES)}", pick(GIVEN),
            "31/02/2012" if number % 100 == 0 else f"{day}/{year}", "x" if girl else "",
            f"026{2 + girl}{year % 100:02d}{number:06d}" if number % 3 else "",
            f"Số {rng.randrange(1, 400)}, {hamlet}, {commune}", f"{hamlet.title()}, {commune}",
            f"0900{number:06d}", f"{pick(SURNAMES)} {pick(MIDDLES)} {pick(GIVEN)}",
            f"{pick(SURNAMES)} Thị {pick(GIVEN)}", "x" if number % 20 == 0 else "",
            "x" if number % 21 == 0 else "", "", "", "", "", "x" if number % 2 else "",
            "x" if number % 5 == 0 else "", pick(("Wifi", "Không có", "3G/4G")), "Đang học",
        ]  # fmt: skip


def write_text(path: Path, count: int) -> None:
    """Write a list as the sector's software exports it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADINGS)
        writer.writerows(make_rows(count))


def write_book(path: Path, count: int) -> None:
    """Write a list as a workbook of one sheet."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Danh sách")
        for at, row in enumerate([HEADINGS, *make_rows(count)]):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell)


def read_list(path: Path) -> None:
    """Read a list as the door does, and print what it took: seconds, loading apart, and MB."""
    from phusong.intake.diagnosis import ReadOptions
    from phusong.intake.door import check_source
    from phusong.vocabulary.parameters import load_parameters

    loaded = resource.getrusage(resource.RUSAGE_SELF)
    start = time.perf_counter()
    told = check_source("students", path, ReadOptions(as_of="2021-09-20"), load_parameters()).diagnosis
    wall = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_SELF)
    load = loaded.ru_utime + loaded.ru_stime
    seconds = used.ru_utime + used.ru_stime - load
    print(told.rows_accepted, f"{load:.1f} {seconds:.1f} {wall:.1f} {used.ru_maxrss / 1024:.0f}")


def measure(path: Path) -> list[str]:
    """Return what reading a list took, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.intake", str(path)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def main() -> None:
    """Make the lists up, read them, and print a table."""
    if len(sys.argv) > 1:
        read_list(Path(sys.argv[1]))
        return
    print(describe_machine())
    with tempfile.TemporaryDirectory() as folder:
        text, book = Path(folder) / "danh_sach.csv", Path(folder) / "danh_sach.xlsx"
        write_text(text, CSV_ROWS)
        write_book(book, WORKBOOK_ROWS)
        rows = [[path.suffix, f"{path.stat().st_size / 1e6:.0f} MB", *measure(path)] for path in (text, book)]
    heads = ["list", "size", "rows", "loading, CPU-s", "reading, CPU-s", "wall s", "peak MB"]
    print_table(heads, rows)


if __name__ == "__main__":
    main()
