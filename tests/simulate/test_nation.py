"""The made-up nation: tables of the right size, that stand in the accepted tables."""

from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pytest

from phusong.simulate.nation import make_nation
from phusong.simulate.province import simulate_province, write_province
from phusong.simulate.recipe import NationRecipe, Recipe
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.accepted import CELLS, HAMLETS

SMALL = NationRecipe(hamlets=600, cells=1_000, provinces=9)


def test_the_nation_has_the_numbers_of_its_recipe():
    whole = NationRecipe()
    assert (whole.hamlets, whole.cells) == (100_000, 300_000)
    nation = make_nation(1, SMALL)
    assert (len(nation.hamlets), len(nation.cells)) == (600, 1_000)
    assert nation.hamlets["province_code"].nunique() == 9


def test_its_tables_stand_in_the_accepted_tables():
    nation = make_nation(1, SMALL)
    conform_table(nation.hamlets.assign(geometry=None), HAMLETS)
    rest = {"eirp_dbm": None, "azimuth_deg": None, "structure": None, "as_of": pd.NaT}
    conform_table(nation.cells.assign(samples=None, range_m=None, **rest), CELLS)
    west, south, east, north = nation.hamlets.total_bounds
    assert west > 102 and east < 110.5 and south > 8 and north < 23.6


def test_it_is_written_as_text_and_as_geoparquet(tmp_path):
    recipe = replace(Recipe(), nation=SMALL)
    path = write_province(simulate_province(size="national", seed=2, recipe=recipe), tmp_path)
    assert path.name == "mo_phong_toan_quoc.toml"
    hamlets = gpd.read_parquet(tmp_path / "mo_phong_thon_toan_quoc.parquet")
    text = pd.read_csv(tmp_path / "mo_phong_thon_toan_quoc.csv")
    assert hamlets.crs.to_epsg() == 4326
    assert hamlets["population"].sum() == text["population"].sum()
    assert len(pd.read_csv(tmp_path / "mo_phong_o_toan_quoc.csv")) == 1_000
    assert hamlets["name"].tolist() == text["name"].tolist()


@pytest.mark.parametrize("seed", [1, 2])
def test_a_seed_makes_one_nation(seed):
    one, same = make_nation(seed, SMALL), make_nation(seed, SMALL)
    pd.testing.assert_frame_equal(one.cells, same.cells)
    assert not make_nation(seed + 1, SMALL).cells["lon"].equals(one.cells["lon"])
