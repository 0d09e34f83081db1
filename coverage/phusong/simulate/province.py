"""Make up a province or a nation, and write it as its offices would deliver it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from phusong.simulate.campaign_gifts import list_offers, list_pledges, list_stock
from phusong.simulate.demonstration import open_demonstration
from phusong.simulate.fitting import fit_config
from phusong.simulate.nation import Nation, make_nation
from phusong.simulate.offices.air import deliver_air
from phusong.simulate.offices.cables import deliver_cables
from phusong.simulate.offices.education import deliver_education
from phusong.simulate.offices.enrolment import deliver_enrolment, write_pupil_truth
from phusong.simulate.offices.gifts import deliver_gifts
from phusong.simulate.offices.interior import deliver_interior
from phusong.simulate.offices.labour import deliver_labour
from phusong.simulate.offices.letter import NOTICE_FILE, compose_notice, write_letter
from phusong.simulate.offices.promises import deliver_promises
from phusong.simulate.offices.sheets import WARNING_TITLE
from phusong.simulate.offices.stock import deliver_stock
from phusong.simulate.offices.tariffs import deliver_tariffs
from phusong.simulate.offices.truth import FOLDER, write_truth
from phusong.simulate.offices.works import deliver_works
from phusong.simulate.pupils.poor import list_poor
from phusong.simulate.pupils.records import write_records
from phusong.simulate.recipe import Recipe, recipe_of
from phusong.simulate.seeds import seed_part
from phusong.simulate.world import Simulated, make_world
from phusong.vocabulary.errors import ParameterFault

#: What can be made up: a corner of the province for tests, all of it, or a nation's tables.
SIZES = ("hamlet", "province", "national")

NATION_FILE = "mo_phong_toan_quoc.toml"
NATION_HAMLETS, NATION_CELLS = "mo_phong_thon_toan_quoc", "mo_phong_o_toan_quoc"


def simulate_province(
    *, size: str, seed: int, recipe: Recipe | None = None, province: str = ""
) -> Simulated | Nation:
    """Return a made-up province, or for size ``national`` the tables of a made-up nation.

    Parameters
    ----------
    size : one of `SIZES`.
    seed : the same seed makes the same world, to the byte.
    recipe : every knob; the packaged recipe of the size, fitted to the province, where none is given.
    province : code of the register; empty: the default one. A nation has none.

    Raises
    ------
    ParameterFault
        If there is no such size, or the register holds no such province.
    """
    if size not in SIZES:
        raise ParameterFault(f"no size “{size}”; there are: {', '.join(SIZES)}")
    if size == "national":
        return make_nation(seed, (recipe or recipe_of(size)).nation)
    demonstration = open_demonstration(province)
    chosen = recipe or fit_config(recipe_of(size), demonstration, seed=seed)
    return make_world(size, seed, chosen, demonstration)


def write_province(simulated: Simulated | Nation, folder: Path, *, workers: int = 1) -> Path:
    """Write a made-up world into a folder; return the province file.

    Parameters
    ----------
    simulated : of `simulate_province`.
    folder : made if need be; files of the same names are replaced.
    workers : processes that write the lists of pupils, see `deliver_enrolment`; the bytes are the same.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if isinstance(simulated, Nation):
        return _write_nation(simulated, folder)
    return _write_world(simulated, folder, workers)


def _write_world(world: Simulated, folder: Path, workers: int) -> Path:
    """Write what every office delivers, the truth beside it, and the province file."""
    seed, model = world.seed, world.demonstration
    faults = [
        deliver_interior(
            world.communes,
            world.hamlets,
            world.outlines,
            world.clusters,
            folder,
            model,
            rng=seed_part(seed, "interior"),
        ),
        deliver_air(
            world.cells,
            world.crowd,
            world.coverage,
            folder,
            demonstration=model,
            rng=seed_part(seed, "air"),
        ),
        deliver_cables(
            world.fibre_nodes,
            world.fibre_routes,
            world.claims,
            world.hamlets,
            folder,
            model,
            rng=seed_part(seed, "cables"),
        ),
        deliver_education(world.schools, folder, model, rng=seed_part(seed, "education")),
        deliver_gifts(list_pledges(model.day), folder, model, rng=seed_part(seed, "gifts")),
        deliver_stock(list_stock(model.day), folder, model, rng=seed_part(seed, "stock")),
        deliver_tariffs(list_offers(model.day), folder, model, rng=seed_part(seed, "tariffs")),
    ]
    if len(world.promises):
        faults.append(
            deliver_promises(world.promises, folder, model, rng=seed_part(seed, "promise list"))
        )
    deliver_works(world.roads, world.relief, folder, day=model.day)
    write_truth(world, pd.concat(faults, ignore_index=True), folder)
    _write_pupils(world, folder, workers)
    return write_letter(world, folder)


def _write_pupils(world: Simulated, folder: Path, workers: int) -> None:
    """Write the lists of pupils and of the poor, and what is true of them."""
    seed, hamlets = world.seed, world.hamlets
    records = write_records(world.pupils, world.schools, hamlets, seed=seed)
    delivered = deliver_enrolment(
        records, world.schools, folder, world.demonstration, workers=workers
    )
    entries = list_poor(world.pupils, hamlets, seed=seed)
    listed = deliver_labour(
        entries, hamlets, folder, world.demonstration, rng=seed_part(seed, "labour")
    )
    write_pupil_truth(delivered, listed, world.schools, hamlets, folder / FOLDER)


def _write_nation(nation: Nation, folder: Path) -> Path:
    """Write the national tables as GeoParquet and as text."""
    nation.hamlets.to_parquet(folder / f"{NATION_HAMLETS}.parquet", compression="zstd", index=False)
    nation.cells.to_parquet(folder / f"{NATION_CELLS}.parquet", compression="zstd", index=False)
    plain = pd.DataFrame(nation.hamlets.drop(columns="geometry"))
    plain.to_csv(folder / f"{NATION_HAMLETS}.csv", index=False, lineterminator="\n")
    nation.cells.to_csv(folder / f"{NATION_CELLS}.csv", index=False, lineterminator="\n")
    (folder / NOTICE_FILE).write_text(compose_notice(None), encoding="utf-8", newline="\n")
    path = folder / NATION_FILE
    lines = [
        f"# {WARNING_TITLE}",
        "[nation]",
        f"seed = {nation.seed}",
        f"hamlets = {len(nation.hamlets)}",
        f"cells = {len(nation.cells)}",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return path
