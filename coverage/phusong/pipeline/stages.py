"""The flow, declared as data: what each stage reads, writes and depends on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from phusong.pipeline.admission import admit_kind, admit_terrain, diagnoses_name
from phusong.pipeline.bench import Bench
from phusong.pipeline.computation import (
    compute_gaps,
    compute_indicators,
    compute_places,
    compute_reach,
    compute_sites,
)
from phusong.pipeline.publication import MAP_TABLES, publish_map, publish_summary
from phusong.vocabulary.tables.accepted import ACCEPTED


@dataclass(frozen=True)
class Stage:
    """Declare a stage.

    Parameters
    ----------
    name : what it is called.
    vi, en : labels.
    work : does it.
    reads : tables it looks at.
    files : other files of the output folder that it looks at.
    writes : tables it makes.
    extras : other files that it makes.
    sources : source kinds whose raw files it reads.
    parameters : groups it depends on.
    rooms : packages whose code it runs.
    """

    name: str
    vi: str
    en: str
    work: Callable[[Bench], None]
    reads: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()

    def follows(self, other: Stage) -> bool:
        """Return whether this stage looks at something that the other makes."""
        return bool({*other.writes, *other.extras} & {*self.reads, *self.files})


DOOR = ("intake", "places", "vietnamese", "vocabulary")
CORE = ("places", "reach", "gaps", "vietnamese", "vocabulary")
TERRAIN_FILE = "tables/terrain.tif"
ALL_DIAGNOSES = tuple(diagnoses_name(kind) for kind in ACCEPTED)


def _admission(kind: str) -> Stage:
    """Return the stage that brings one kind of source through the door."""
    return Stage(
        name=f"intake_{kind}",
        vi=f"tiếp nhận: {ACCEPTED[kind].vi}",
        en=f"intake: {ACCEPTED[kind].en}",
        work=partial(admit_kind, kind=kind),
        writes=(ACCEPTED[kind].name,),
        extras=(diagnoses_name(kind),),
        sources=(kind,),
        parameters=("intake",),
        rooms=DOOR,
    )


#: The flow in order; a stage reads only what stands above it.
STAGES: tuple[Stage, ...] = (
    *(_admission(kind) for kind in ACCEPTED if kind != "terrain"),
    Stage(
        name="intake_terrain",
        vi="tiếp nhận: địa hình",
        en="intake: terrain",
        work=admit_terrain,
        reads=("accepted_communes",),
        writes=("accepted_terrain",),
        extras=(diagnoses_name("terrain"), TERRAIN_FILE),
        sources=("terrain",),
        parameters=("intake",),
        rooms=(*DOOR, "reach"),
    ),
    Stage(
        name="places",
        vi="xã, thôn và điểm kiểm tra",
        en="communes, hamlets and test points",
        work=compute_places,
        reads=("accepted_communes", "accepted_hamlets"),
        writes=("communes", "hamlets", "points", "placement"),
        parameters=("places", "radio"),
        rooms=("places", "vietnamese", "vocabulary"),
    ),
    Stage(
        name="sites",
        vi="cột và sóng mang",
        en="masts and carriers",
        work=compute_sites,
        reads=("accepted_cells",),
        writes=("sites", "carriers"),
        parameters=("radio",),
        rooms=CORE,
    ),
    Stage(
        name="reach",
        vi="vùng phủ",
        en="reach",
        work=compute_reach,
        reads=(
            "hamlets",
            "points",
            "sites",
            "carriers",
            "accepted_cells",
            "accepted_coverage",
            "accepted_claims",
            "accepted_fibre_nodes",
        ),
        files=(TERRAIN_FILE,),
        writes=("reach", "signal"),
        parameters=("radio", "fibre", "policy"),
        rooms=CORE,
    ),
    Stage(
        name="gaps",
        vi="thôn chưa được kết nối",
        en="gaps",
        work=compute_gaps,
        reads=("hamlets", "reach", "signal"),
        writes=("gaps",),
        parameters=("policy", "radio"),
        rooms=CORE,
    ),
    Stage(
        name="indicators",
        vi="chỉ tiêu",
        en="indicators",
        work=compute_indicators,
        reads=("gaps", "hamlets"),
        writes=("indicators",),
        rooms=CORE,
    ),
    Stage(
        name="summary",
        vi="tóm tắt",
        en="summary",
        work=publish_summary,
        reads=(
            "communes",
            "hamlets",
            "placement",
            "accepted_cells",
            "sites",
            "reach",
            "signal",
            "gaps",
            "indicators",
        ),
        files=ALL_DIAGNOSES,
        extras=("summary.json",),
        rooms=(*CORE, "pipeline"),
    ),
    Stage(
        name="map",
        vi="bản đồ",
        en="map",
        work=publish_map,
        reads=MAP_TABLES,
        files=("summary.json",),
        extras=("map.html",),
        rooms=(*CORE, "views", "pipeline"),
    ),
)
