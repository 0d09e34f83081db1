"""Make up masts and fibre on the real ground of Vĩnh Phúc, since no operator's list is published.

``python -m tests.real.network`` writes them to ``tests/real/made/``, from where ``vinh_phuc.toml`` takes them
beside the real communes, villages, terrain and roads; then ``phusong run tests/real/vinh_phuc.toml``.
"""

from pathlib import Path

import numpy as np

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.door import check_source
from phusong.intake.terrain import read_terrain
from phusong.simulate.network import simulate_network
from phusong.simulate.recipe import Recipe
from phusong.vocabulary.metres import transform_xy
from phusong.vocabulary.parameters import load_parameters

HERE = Path(__file__).parent
REAL = HERE.parents[2] / "shared" / "real"
MADE = HERE / "made"
CRS, SEED = 5897, 242
PEOPLE = 972_167
CELL_COLUMNS = [
    "cell_id",
    "site_code",
    "operator",
    "technology",
    "band_mhz",
    "lon",
    "lat",
    "height_m",
    "azimuth_deg",
    "status",
]
NODE_COLUMNS = ["node_id", "operator", "kind", "status", "ports", "ports_free", "lon", "lat"]


def villages():
    """The centres of the real villages, each spot once [m]."""
    path = REAL / "settlements" / "wof_geonames_localities_vinh_phuc.geojson"
    told = check_source("hamlets", path, ReadOptions(), load_parameters()).accepted
    x, y = transform_xy(told["lon"], told["lat"], source=4326, target=CRS)
    return np.unique(np.column_stack([x, y]), axis=0)


def make_network(folder=MADE):
    """Write made-up cells and fibre nodes on the real ground."""
    centres = villages()
    terrain, _ = read_terrain([REAL / "dem" / "srtm3_vinh_phuc_90m.tif"], crs=CRS)
    people = np.full(len(centres), PEOPLE / len(centres))
    network = simulate_network(centres, people, terrain, crs=CRS, seed=SEED, recipe=Recipe())
    folder.mkdir(exist_ok=True)
    network.cells[CELL_COLUMNS].to_csv(folder / "mo_phong_tram.csv", index=False)
    network.fibre_nodes[NODE_COLUMNS].to_csv(folder / "mo_phong_tu_cap.csv", index=False)
    return folder


if __name__ == "__main__":
    make_network()
