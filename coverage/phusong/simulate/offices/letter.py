"""The covering letter: the province file, and the notice that nothing here is real."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from phusong.simulate.demonstration import Demonstration
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

NOTICE_FILE = "LUU_Y.txt"

PUBLISHER = "Dữ liệu mô phỏng"
LICENCE = "Apache-2.0, dữ liệu bịa ra, không phải số liệu thật"

#: Days on which communes certified the poor, on which promises were listed, and of the coverage map.
POVERTY_DAY, PROMISED_DAY, PAPER_DAY = (9, 10), (9, 20), (6, 30)

#: What is real: where the register knows the people of every commune, and where it does not.
REAL = {
    True: (
        """Chỉ có tên, mã, dân số và vị trí gần đúng của xã,
phường, thị trấn là thật.""",
        "Only the names, codes, populations and rough positions of communes are real.",
    ),
    False: (
        """Chỉ có tên, loại, mã và vị trí gần đúng của {communes}
là thật, theo danh mục đơn vị hành chính {edition}; dân số là bịa ra ở đơn vị mà danh mục không ghi.""",
        """Only the names, kinds, codes and rough positions of communes are real, as in the list of units of
{edition}; so are populations where that list has them.""",
    ),
}
NOTICE = f"""{WARNING_TITLE}

Thư mục này do chương trình Phủ Sóng tự tạo ra để thử. {{real_vi}} Ranh giới, \
địa hình, thôn, trạm phát sóng, cáp quang, đường, trường học, học sinh,
hộ nghèo và người ủng hộ đều do máy bịa ra, không có ai là người thật. Không dùng các tệp này cho bất kỳ
việc gì khác ngoài thử chương trình.{{more_vi}}
Thư mục truth ghi những dòng cố ý sai và sự thật của thế giới mô phỏng.

SIMULATED DATA – NOT REAL FIGURES

{{real_en}} Borders, terrain, hamlets,
masts, fibre, roads, schools, pupils, poor households and donors are invented; nobody in them is real. Use
these files for trying the program, and for nothing else.{{more_en}} \
The folder truth tells which rows are wrong on
purpose, and what is so in the made-up world.
"""

Source = tuple[str, str, dict[str, object]]


def compose_notice(simulated: Simulated | None) -> str:
    """Return the notice that goes with a made-up province, or without one with a nation.

    Parameters
    ----------
    simulated : the made-up province.
    """
    model = simulated.demonstration if simulated else None
    vi, en = REAL[model is None or model.has_own_file]
    if model is None or simulated is None:
        return NOTICE.format(real_vi=vi, real_en=en, more_vi="", more_en="")
    words = {"communes": model.offices.list_commune_kinds(), "edition": model.edition}
    more_vi, more_en = _format_left_out(simulated.left_out)
    return NOTICE.format(
        real_vi=vi.format(**words), real_en=en.format(**words), more_vi=more_vi, more_en=more_en
    )


def _format_left_out(names: tuple[str, ...]) -> tuple[str, str]:
    """Return which units lie too far from all others to be shown, in two languages."""
    if not names:
        return "", ""
    listed = ", ".join(names)
    return (
        f"\nKhông dựng {listed} vì ở quá xa các đơn vị khác.",
        f"\n{listed}: left out, too far from all others.",
    )


def _note_made_up(model: Demonstration) -> str:
    """Return what the note of the province file says further: that borders and land are made up."""
    return "" if model.has_own_file else " Ranh giới xã, địa hình và mọi số liệu khác là bịa ra."


def list_common_sources(demonstration: Demonstration) -> tuple[Source, ...]:
    """Return every source but lists of persons: kind, file, and what the file does not say itself."""
    listed, crs = demonstration.on(8, 31), demonstration.crs
    mapped, opened = demonstration.on(*PAPER_DAY), demonstration.day
    return (
        ("communes", interior.COMMUNE_FILE, {"crs": crs}),
        ("hamlets", interior.LIST_FILE, {"as_of": listed}),
        ("hamlets", interior.GROUND_FILE, {"layer": interior.POLYGON_LAYER, "as_of": listed}),
        ("hamlets", interior.GROUND_FILE, {"layer": interior.CLUSTER_LAYER, "as_of": listed}),
        ("cells", masts.VIETTEL_FILE, {"operator": "VIETTEL", "complete": True, "as_of": listed}),
        ("cells", masts.VNPT_FILE, {"operator": "VNPT", "complete": True, "as_of": listed}),
        (
            "cells",
            masts.MOBIFONE_FILE,
            {"operator": "MOBIFONE", "crs": crs, "complete": True, "as_of": listed},
        ),
        (
            "cells",
            masts.VIETNAMOBILE_FILE,
            # Of 4G it may hold no row in so few communes, and it says that this is all there is.
            {"operator": "VIETNAMOBILE", "complete": masts.MOBILE, "as_of": listed},
        ),
        ("cells", air.CROWD_FILE, {"complete": False}),
        (
            "coverage",
            air.COVERAGE_FILE,
            {"layer": "4g", "operator": "VNPT", "technology": "4G", "as_of": mapped},
        ),
        (
            "coverage",
            air.COVERAGE_FILE,
            {"layer": "3g", "operator": "VNPT", "technology": "3G", "as_of": mapped},
        ),
        ("fibre_nodes", cables.NODES_FILE, {"as_of": listed}),
        ("fibre_nodes", cables.CABINETS_FILE, {"operator": "VIETTEL"}),
        ("fibre_routes", cables.SPANS_FILE, {"as_of": listed}),
        ("claims", cables.CLAIMS_FILE, {}),
        ("roads", works.ROADS_FILE, {}),
        ("terrain", works.TERRAIN_FILE, {}),
        ("schools", education.SCHOOLS_FILE, {}),
        ("contributions", gifts.GIFTS_FILE, {"as_of": opened}),
        ("lots", stock.LOTS_FILE, {"as_of": opened + timedelta(days=1)}),
        ("packages", tariffs.PACKAGES_FILE, {"as_of": opened}),
    )


def write_letter(simulated: Simulated, folder: Path) -> Path:
    """Write the notice and the province file; return the province file."""
    notice = compose_notice(simulated)
    (folder / NOTICE_FILE).write_text(notice, encoding="utf-8", newline="\n")
    path = folder / simulated.demonstration.province_file
    path.write_text(compose_province_file(simulated), encoding="utf-8", newline="\n")
    return path


def compose_province_file(simulated: Simulated) -> str:
    """Return the text of the province file."""
    model = simulated.demonstration
    head = [
        f"# {WARNING_TITLE}",
        "",
        "[province]",
        f'code = "{model.code}"',
        f'name = "{model.name} (mô phỏng)"',
        f'edition = "{model.edition}"',
        f"as_of = {model.day.isoformat()}",
        "demonstration = true",
        f'note = "{WARNING_TITLE}. Cỡ {simulated.size}, hạt giống {simulated.seed}.{_note_made_up(model)}"',
        'operators = ["VIETTEL", "VNPT", "MOBIFONE", "VIETNAMOBILE"]',
    ]
    return "\n".join(head + [_compose_source(*source) for source in list_sources(simulated)]) + "\n"


def list_sources(simulated: Simulated) -> list[Source]:
    """Return every source in order, the lists of pupils and of the poor behind all others."""
    model = simulated.demonstration
    exports = plan_exports(simulated.schools, model).drop_duplicates("file").sort_values("file")
    lists: list[Source] = []
    for form, file in zip(exports["form"], exports["file"], strict=True):
        font = {"encoding": "tcvn3"} if form == SOFTWARE_B else {}
        lists.append(("students", str(file), {**font, "as_of": model.pupils_day}))
    promised: list[Source] = []
    if len(simulated.promises):
        promised = [("commitments", promises.PROMISES_FILE, {"as_of": model.on(*PROMISED_DAY)})]
    return [
        *list_common_sources(model),
        *promised,
        *lists,
        ("poverty", labour.POVERTY_FILE, {"as_of": model.on(*POVERTY_DAY)}),
    ]


def _compose_source(kind: str, file: str, options: dict[str, object]) -> str:
    """Return one source as TOML."""
    stated = {"kind": kind, "file": file, **options, "publisher": PUBLISHER, "licence": LICENCE}
    lines = [f"{name} = {_spell(value)}" for name, value in stated.items()]
    return "\n".join(["", "[[source]]", *lines])


def _spell(value: object) -> str:
    """Return a value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | date):
        return str(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{part}"' for part in value) + "]"
    return f'"{value}"'
