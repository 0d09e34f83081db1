"""The covering letter: the province file, and the notice that nothing here is real."""

from __future__ import annotations

from pathlib import Path

from phusong.simulate.offices import (
    air,
    cables,
    education,
    gifts,
    interior,
    labour,
    masts,
    promises,
    stock,
    tariffs,
    works,
)
from phusong.simulate.offices.sheets import WARNING_TITLE
from phusong.simulate.pupils.forms import SOFTWARE_B, plan_exports
from phusong.simulate.world import Simulated

PROVINCE_FILE = "mo_phong_vinh_phuc.toml"
NOTICE_FILE = "LUU_Y.txt"

PUBLISHER = "Dữ liệu mô phỏng"
LICENCE = "Apache-2.0, dữ liệu bịa ra, không phải số liệu thật"

NOTICE = f"""{WARNING_TITLE}

Thư mục này do chương trình Phủ Sóng tự tạo ra để thử. Chỉ có tên, mã, dân số và vị trí gần đúng của xã,
phường, thị trấn là thật. Ranh giới, địa hình, thôn, trạm phát sóng, cáp quang, đường, trường học, học sinh,
hộ nghèo và người ủng hộ đều do máy bịa ra, không có ai là người thật. Không dùng các tệp này cho bất kỳ
việc gì khác ngoài thử chương trình.
Thư mục truth ghi những dòng cố ý sai và sự thật của thế giới mô phỏng.

SIMULATED DATA – NOT REAL FIGURES

Only the names, codes, populations and rough positions of communes are real. Borders, terrain, hamlets,
masts, fibre, roads, schools, pupils, poor households and donors are invented; nobody in them is real. Use
these files for trying the program, and for nothing else. The folder truth tells which rows are wrong on
purpose, and what is so in the made-up world.
"""

Source = tuple[str, str, dict[str, object]]
#: Day on which schools closed their lists, and communes theirs.
PUPILS_DAY, POVERTY_DAY = "2021-09-20", "2021-09-10"

#: Every source in order: kind, file, and what the file does not say itself.
SOURCES: tuple[Source, ...] = (
    ("communes", interior.COMMUNE_FILE, {"crs": 5897}),
    ("hamlets", interior.LIST_FILE, {"as_of": "2021-08-31"}),
    ("hamlets", interior.GROUND_FILE, {"layer": interior.POLYGON_LAYER, "as_of": "2021-08-31"}),
    ("hamlets", interior.GROUND_FILE, {"layer": interior.CLUSTER_LAYER, "as_of": "2021-08-31"}),
    (
        "cells",
        masts.VIETTEL_FILE,
        {"operator": "VIETTEL", "complete": True, "as_of": "2021-08-31"},
    ),
    ("cells", masts.VNPT_FILE, {"operator": "VNPT", "complete": True, "as_of": "2021-08-31"}),
    (
        "cells",
        masts.MOBIFONE_FILE,
        {"operator": "MOBIFONE", "crs": 5897, "complete": True, "as_of": "2021-08-31"},
    ),
    (
        "cells",
        masts.VIETNAMOBILE_FILE,
        # Of 4G it may hold no row in so few communes, and it says that this is all there is.
        {"operator": "VIETNAMOBILE", "complete": masts.MOBILE, "as_of": "2021-08-31"},
    ),
    ("cells", air.CROWD_FILE, {"complete": False}),
    (
        "coverage",
        air.COVERAGE_FILE,
        {"layer": "4g", "operator": "VNPT", "technology": "4G", "as_of": "2021-06-30"},
    ),
    (
        "coverage",
        air.COVERAGE_FILE,
        {"layer": "3g", "operator": "VNPT", "technology": "3G", "as_of": "2021-06-30"},
    ),
    ("fibre_nodes", cables.NODES_FILE, {"as_of": "2021-08-31"}),
    ("fibre_nodes", cables.CABINETS_FILE, {"operator": "VIETTEL"}),
    ("fibre_routes", cables.SPANS_FILE, {"as_of": "2021-08-31"}),
    ("claims", cables.CLAIMS_FILE, {}),
    ("roads", works.ROADS_FILE, {}),
    ("terrain", works.TERRAIN_FILE, {}),
    ("schools", education.SCHOOLS_FILE, {}),
    ("contributions", gifts.GIFTS_FILE, {"as_of": "2021-09-21"}),
    ("lots", stock.LOTS_FILE, {"as_of": "2021-09-22"}),
    ("packages", tariffs.PACKAGES_FILE, {"as_of": "2021-09-21"}),
)


def write_letter(simulated: Simulated, folder: Path) -> Path:
    """Write the notice and the province file; return the province file."""
    (folder / NOTICE_FILE).write_text(NOTICE, encoding="utf-8", newline="\n")
    path = folder / PROVINCE_FILE
    path.write_text(compose_province_file(simulated), encoding="utf-8", newline="\n")
    return path


def compose_province_file(simulated: Simulated) -> str:
    """Return the text of the province file."""
    head = [
        f"# {WARNING_TITLE}",
        "",
        "[province]",
        'code = "26"',
        'name = "Vĩnh Phúc (mô phỏng)"',
        'edition = "2021-01-01"',
        "as_of = 2021-09-21",
        "demonstration = true",
        f'note = "{WARNING_TITLE}. Cỡ {simulated.size}, hạt giống {simulated.seed}."',
        'operators = ["VIETTEL", "VNPT", "MOBIFONE", "VIETNAMOBILE"]',
    ]
    return "\n".join(head + [_compose_source(*source) for source in list_sources(simulated)]) + "\n"


def list_sources(simulated: Simulated) -> list[Source]:
    """Return every source in order, the lists of pupils and of the poor behind all others."""
    exports = plan_exports(simulated.schools).drop_duplicates("file").sort_values("file")
    lists: list[Source] = []
    for form, file in zip(exports["form"], exports["file"], strict=True):
        font = {"encoding": "tcvn3"} if form == SOFTWARE_B else {}
        lists.append(("students", str(file), {**font, "as_of": PUPILS_DAY}))
    promised: list[Source] = []
    if len(simulated.promises):
        promised = [("commitments", promises.PROMISES_FILE, {"as_of": "2021-09-20"})]
    return [*SOURCES, *promised, *lists, ("poverty", labour.POVERTY_FILE, {"as_of": POVERTY_DAY})]


def _compose_source(kind: str, file: str, options: dict[str, object]) -> str:
    """Return one source as TOML."""
    stated = {"kind": kind, "file": file, **options, "publisher": PUBLISHER, "licence": LICENCE}
    lines = [f"{name} = {_spell(name, value)}" for name, value in stated.items()]
    return "\n".join(["", "[[source]]", *lines])


def _spell(name: str, value: object) -> str:
    """Return a value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) or name == "as_of":
        return str(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{part}"' for part in value) + "]"
    return f'"{value}"'
