"""The flow, declared as data: what each stage reads, writes and depends on."""

from __future__ import annotations

from phusong.pipeline.carried_kinds import CARRIED
from phusong.pipeline.province import KINDS
from phusong.pipeline.result_files import (
    PLACED,
    PUPILS,
    REVIEW,
    TERRAIN_FILE,
    TOKENS,
    diagnoses_name,
    personal_name,
)
from phusong.pipeline.stage import Stage, Work
from phusong.vocabulary.tables.accepted import ACCEPTED, VEILED
from phusong.vocabulary.tables.persons import PERSONAL
from phusong.vocabulary.tables.results import HAMLET_LINEAGE

__all__ = ["STAGES", "Stage"]

#: What a map is drawn from beside the counts of pupils that its reader may see.
MAP_TABLES: tuple[str, ...] = (
    "communes",
    "hamlets",
    "sites",
    "reach",
    "signal",
    "measurements",
    "gaps",
    "accepted_fibre_nodes",
    "accepted_fibre_routes",
)
DOOR = ("intake", "places", "vietnamese", "vocabulary")
#: With what carries rows to the hamlets of the day.
ADMISSION = (*DOOR, "pipeline/carried_kinds.py", "pipeline/hamlet_changes.py")
CORE = ("places", "reach", "gaps", "vietnamese", "vocabulary")
#: By what of a province's own a file is judged.
BY_PROVINCE = ("own_operators", "units")
#: Every group that a stage depends on.
RUN_GROUPS = ("disclosure", "fibre", "intake", "learning", "persons", "places", "policy", "radio")
ALL_DIAGNOSES = tuple(diagnoses_name(kind) for kind in KINDS)
ACCEPTED_PERSONS = tuple(personal_name(table.name) for table in PERSONAL.values())
PLACED_PERSONS = tuple(personal_name(name) for name in PLACED.values())


def _admission(kind: str) -> Stage:
    """Return the stage that brings one kind of source through the door."""
    return Stage(
        name=f"intake_{kind}",
        vi=f"tiếp nhận: {ACCEPTED[kind].vi}",
        en=f"intake: {ACCEPTED[kind].en}",
        work=Work("admission", "admit_kind", kind),
        reads=_list_read(kind),
        writes=_list_written(kind),
        extras=(diagnoses_name(kind),),
        sources=(kind,),
        parameters=("intake",),
        head=("code", "edition"),
        head_if_needed=(("as_of",) if "as_of" in ACCEPTED[kind].names or kind == "hamlets" else ()),
        rooms=(*ADMISSION, "persons") if kind in VEILED else ADMISSION,
        beside=("key", *BY_PROVINCE) if kind in VEILED else BY_PROVINCE,
    )


def _list_read(kind: str) -> tuple[str, ...]:
    """Return the tables by which rows that name former hamlets or communes are carried to present ones."""
    if kind == "hamlets":
        return (ACCEPTED["hamlet_lineage"].name,)
    outlines = (ACCEPTED["communes"].name,) if kind == "schools" else ()
    return (*outlines, HAMLET_LINEAGE.name) if kind in CARRIED else outlines


def _list_written(kind: str) -> tuple[str, ...]:
    """Return the tables that the intake of a kind makes."""
    return (ACCEPTED[kind].name, *((HAMLET_LINEAGE.name,) if kind == "hamlets" else ()))


def _personal_admission(kind: str) -> Stage:
    """Return the stage that brings one kind of source that names persons through the door."""
    table = PERSONAL[kind]
    return Stage(
        name=f"intake_{kind}",
        vi=f"tiếp nhận: {table.vi}",
        en=f"intake: {table.en}",
        work=Work("admission", "admit_persons", kind),
        extras=(personal_name(table.name), diagnoses_name(kind)),
        sources=(kind,),
        parameters=("intake",),
        head=("code", "edition"),
        head_if_needed=("as_of",),
        rooms=(*DOOR, "persons"),
        beside=("erased", *BY_PROVINCE),
    )


#: The flow in order; a stage reads only what stands above it.
STAGES: tuple[Stage, ...] = (
    *(_admission(kind) for kind in ACCEPTED if kind != "terrain"),
    Stage(
        name="intake_terrain",
        vi="tiếp nhận: địa hình",
        en="intake: terrain",
        work=Work("admission", "admit_terrain"),
        reads=("accepted_communes", "accepted_hamlets"),
        writes=("accepted_terrain",),
        extras=(diagnoses_name("terrain"), TERRAIN_FILE),
        sources=("terrain",),
        parameters=("intake",),
        rooms=(*DOOR, "reach"),
        beside=BY_PROVINCE,
        head=("code", "edition", "metric_crs"),
    ),
    Stage(
        name="places",
        vi="xã, thôn và điểm kiểm tra",
        en="communes, hamlets and test points",
        work=Work("computation", "compute_places"),
        reads=("accepted_communes", "accepted_hamlets", "hamlet_lineage"),
        writes=("communes", "hamlets", "points", "placement"),
        parameters=("places", "radio"),
        rooms=("places", "vietnamese", "vocabulary"),
        head=("metric_crs",),
    ),
    Stage(
        name="measurements",
        vi="đo kiểm, phản ánh theo thôn",
        en="measurements by hamlet",
        work=Work("computation", "compute_measurements"),
        reads=("accepted_measurements", "hamlets", "points"),
        writes=("measurements",),
        rooms=("places", "reach", "vietnamese", "vocabulary"),
        beside=("register",),
        head=("metric_crs",),
    ),
    Stage(
        name="sites",
        vi="cột và sóng mang",
        en="masts and carriers",
        work=Work("computation", "compute_sites"),
        reads=("accepted_cells",),
        writes=("sites", "carriers"),
        parameters=("radio",),
        rooms=("reach", "vocabulary"),
        head=("as_of", "metric_crs"),
    ),
    Stage(
        name="reach",
        vi="vùng phủ",
        en="reach",
        work=Work("computation", "compute_reach"),
        reads=(
            "hamlets",
            "hamlet_lineage",
            "points",
            "sites",
            "carriers",
            "accepted_cells",
            "accepted_coverage",
            "accepted_claims",
            "accepted_fibre_nodes",
        ),
        files=(TERRAIN_FILE,),
        writes=("reach", "signal", "residential_signal"),
        parameters=("radio", "fibre", "policy"),
        rooms=("places", "reach", "vietnamese", "vocabulary"),
        beside=("checks", "register"),
        head=("complete_lists", "metric_crs", "operators"),
        head_if_needed=("as_of",),
    ),
    Stage(
        name="classes",
        vi="nhóm kết nối của thôn",
        en="classes of hamlets",
        work=Work("computation", "compute_classes"),
        reads=("hamlets", "reach", "signal", "residential_signal"),
        writes=("hamlet_classes",),
        parameters=("fibre", "policy", "radio"),
        head=("as_of",),
        rooms=("gaps", "vocabulary"),
    ),
    *(_personal_admission(kind) for kind in PERSONAL),
    Stage(
        name="addresses",
        vi="tìm thôn theo địa chỉ học sinh",
        en="pupils' addresses to hamlets",
        work=Work("pupils", "place_records"),
        head=("code",),
        reads=("hamlets", "hamlet_lineage"),
        files=ACCEPTED_PERSONS,
        extras=(*PLACED_PERSONS, personal_name(REVIEW)),
        rooms=("places", "persons", "store", "vietnamese", "vocabulary"),
        beside=("decisions", "register"),
    ),
    Stage(
        name="pupils",
        vi="từ hồ sơ đến học sinh",
        en="records to pupils",
        work=Work("pupils", "identify_pupils"),
        files=PLACED_PERSONS,
        writes=("pupil_links",),
        extras=(personal_name(PUPILS), personal_name(TOKENS)),
        parameters=("persons",),
        rooms=("persons", "store", "vietnamese", "vocabulary"),
        beside=("decisions", "key"),
    ),
    Stage(
        name="need",
        vi="nhu cầu của học sinh",
        en="pupils' need",
        work=Work("pupils", "judge_pupils"),
        reads=("hamlets", "hamlet_classes", "accepted_schools"),
        files=(personal_name(PUPILS),),
        writes=("students",),
        parameters=("learning",),
        rooms=(*CORE, "intake/schooling.py", "persons"),
        beside=("policy",),
        head=("as_of",),
    ),
    Stage(
        name="pupil_counts",
        vi="học sinh theo địa bàn và trường",
        en="pupils by area and school",
        work=Work("pupils", "count_all_pupils"),
        reads=("students", "accepted_schools", "hamlets"),
        writes=("pupil_counts",),
        rooms=CORE,
        beside=("register",),
        head=("code", "edition", "name"),
    ),
    Stage(
        name="pupil_counts_public",
        vi="số học sinh được công bố",
        en="counts of pupils that may be shown",
        work=Work("pupil_figures", "publish_counts"),
        reads=("pupil_counts", "hamlets", "students", "pupil_links"),
        writes=("pupil_counts_public",),
        parameters=("disclosure",),
        rooms=("gaps", "places", "views", "vocabulary"),
        beside=("key", "register", "releases", "scenario"),
    ),
    Stage(
        name="pupil_counts_offices",
        vi="số học sinh cho cơ quan nhà nước",
        en="counts of pupils for offices",
        work=Work("pupil_figures", "show_offices"),
        reads=("pupil_counts", "hamlets"),
        writes=("pupil_counts_offices",),
        parameters=("disclosure",),
        rooms=("gaps", "places", "views", "vocabulary"),
        beside=("key", "office_releases", "register", "scenario"),
    ),
    Stage(
        name="gaps",
        vi="học sinh ở thôn chưa được kết nối",
        en="gaps and their pupils",
        work=Work("computation", "compute_gaps"),
        reads=("hamlet_classes", "students"),
        writes=("gaps",),
        rooms=("gaps", "vocabulary"),
    ),
    Stage(
        name="indicators",
        vi="chỉ tiêu",
        en="indicators",
        work=Work("computation", "compute_indicators"),
        reads=("gaps", "hamlets", "hamlet_lineage", "residential_signal"),
        writes=("indicators", "changed_coverage"),
        rooms=CORE,
        beside=("register",),
        head=("code", "edition", "name"),
    ),
    Stage(
        name="history",
        vi="lịch sử các lần tính",
        en="history of runs",
        work=Work("history", "keep_history"),
        reads=("indicators", "hamlet_classes"),
        writes=("runs", "run_facts", "run_classes", "history"),
        parameters=RUN_GROUPS,
        head=("as_of", "code", "edition", "metric_crs", "operators"),
        rooms=("gaps", "pipeline/run_history.py", "vocabulary"),
        beside=("checks", "contents", "decisions", "listing", "policy", "scenario", "version"),
    ),
    Stage(
        name="summary",
        vi="tóm tắt",
        en="summary",
        work=Work("publication", "publish_summary"),
        reads=(
            "hamlets",
            "placement",
            "accepted_cells",
            "sites",
            "measurements",
            "reach",
            "signal",
            "gaps",
            "indicators",
            "changed_coverage",
            "students",
            "pupil_counts_public",
        ),
        files=ALL_DIAGNOSES,
        extras=("summary.json",),
        parameters=("fibre", "policy", "radio"),
        rooms=("pipeline/pupil_figures.py", "places", "reach/path_counts.py", "vocabulary"),
        head=("as_of", "code", "demonstration", "edition", "name", "note"),
        beside=("listing", "register", "releases", "scenario", "version"),
    ),
    Stage(
        name="map",
        vi="bản đồ",
        en="map",
        work=Work("publication", "publish_map"),
        reads=(*MAP_TABLES, "pupil_counts_public"),
        files=("summary.json",),
        extras=("map.html",),
        rooms=("places", "views", "vietnamese", "vocabulary"),
        beside=("own_operators", "register"),
    ),
)
