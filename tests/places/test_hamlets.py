"""Ground, points and placement of hamlets, on squared paper and by laws."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.places.test_boundaries import communes, real_communes
from tests.worlds import CRS, ORIGIN_X, ORIGIN_Y, degrees

from phusong.places.boundaries import repair_communes
from phusong.places.combining import combine_hamlets
from phusong.places.hamlets import flag_rounded_points, ground_hamlets
from phusong.places.placement import check_placement
from phusong.places.points import place_points
from phusong.places.voronoi import divide_ground
from phusong.vocabulary.errors import SourceFault
from phusong.vocabulary.metres import to_degrees, to_metres
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables import TABLES

GAZETTEER = (
    Path(__file__).parents[3]
    / "shared"
    / "real"
    / "settlements"
    / "wof_geonames_localities_vinh_phuc.geojson"
)
LAYER, _ = repair_communes(
    communes([shapely.box(0, 0, 1000, 1000), shapely.box(1000, 0, 2000, 1000)]),
    sliver_width_m=0,
    crs=CRS,
)
ACCEPTED = TABLES["accepted_hamlets"]


def hamlet(hamlet_id, spot=None, outline=None, **changes):
    """One accepted hamlet: a spot and an outline in metres from the origin."""
    lon, lat = degrees(*spot) if spot else ([None], [None])
    shape = shapely.transform(outline, lambda xy: xy + [ORIGIN_X, ORIGIN_Y]) if outline else None
    quality = "official_polygon" if outline else "surveyed_point" if spot else "commune_only"
    row = {
        "hamlet_id": hamlet_id, "kind": "thôn", "name": hamlet_id, "commune_code": "08914", "edition": "2021-01-01",
        "lon": lon[0], "lat": lat[0], "location_quality": quality, "geometry": shape, "population": 100,
    }  # fmt: skip
    return row | changes


def accepted(*rows):
    frame = gpd.GeoDataFrame(list(rows), geometry="geometry", crs=CRS)
    return conform_table(to_degrees(frame), ACCEPTED)


def ground(*rows):
    return ground_hamlets(accepted(*rows), LAYER, crs=CRS).set_index("hamlet_id")


def lay(hamlets, given_hamlets, tile_m=100.0):
    return place_points(
        hamlets.reset_index(),
        given_hamlets,
        tile_m=tile_m,
        centre_weight=0.3,
        cluster_weight=0.5,
        crs=CRS,
    )


def test_two_points_share_the_commune_at_the_middle():
    table = ground(hamlet("a", (200, 500)), hamlet("b", (800, 500)))
    assert table["area_km2"].tolist() == pytest.approx([0.5, 0.5], rel=1e-5)
    assert set(table["ground_basis"]) == {"voronoi"}


def test_a_delivered_outline_is_kept_and_the_rest_is_shared():
    table = ground(hamlet("a", outline=shapely.box(0, 0, 400, 1000)), hamlet("b", (800, 500)))
    assert table["ground_basis"].to_dict() == {"a": "delivered", "b": "voronoi"}
    assert table.loc["b", "area_km2"] == pytest.approx(0.6, rel=1e-5)
    assert table.loc["a", "centre_lon"] == pytest.approx(degrees(200, 500)[0][0], abs=2e-3)


def test_two_hamlets_on_one_spot_both_keep_ground():
    table = ground(hamlet("a", (500, 500)), hamlet("b", (500, 500)))
    assert table["area_km2"].tolist() == pytest.approx([0.5, 0.5], rel=1e-5)


def test_a_hamlet_of_which_only_the_commune_is_known_stays_without_ground():
    table = ground(hamlet("a"), hamlet("b", (500, 500)))
    assert table.loc["a", "ground_basis"] == "absent" and pd.isna(table.loc["a", "area_km2"])
    assert pd.isna(table.loc["a", "centre_lon"]) and table.loc["b", "area_km2"] == pytest.approx(
        1.0, rel=1e-5
    )


spots = st.lists(st.tuples(st.integers(1, 999), st.integers(1, 999)), min_size=1, max_size=12)


@settings(deadline=None)
@given(spots)
def test_cells_tile_the_ground_exactly(places):
    square = shapely.box(0, 0, 1000, 1000)
    cells = divide_ground(shapely.points(np.array(places, dtype=float)), square)
    assert shapely.area(cells).sum() == pytest.approx(1e6, rel=1e-9)
    assert shapely.union_all(cells).symmetric_difference(square).area < 1e-3
    assert (shapely.area(cells) > 0).all()


@pytest.mark.long
@settings(deadline=None, max_examples=25)
@given(spots, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(places, random):
    rows = [hamlet(f"h{i:02d}", p) for i, p in enumerate(places)]
    shuffled = rows.copy()
    random.shuffle(shuffled)
    one, two = ground(*rows), ground(*shuffled)
    pd.testing.assert_frame_equal(
        pd.DataFrame(one.drop(columns="geometry")), pd.DataFrame(two.drop(columns="geometry"))
    )
    pd.testing.assert_frame_equal(lay(one, accepted(*rows)), lay(two, accepted(*shuffled)))


@pytest.mark.long
@settings(deadline=None, max_examples=25)
@given(spots)
def test_weights_sum_to_one_and_people_are_conserved(places):
    rows = [hamlet(f"h{i:02d}", p) for i, p in enumerate(places)]
    table = ground(*rows)
    points = lay(table, accepted(*rows))
    assert points.groupby("hamlet_id")["weight"].sum().to_numpy() == pytest.approx(
        np.ones(len(rows))
    )
    assert table["population"].sum() == 100 * len(rows)


def test_a_square_of_400_metres_has_16_tiles_one_centre_and_its_clusters():
    lon, lat = degrees(np.array([450.0, 550.0]), np.array([500.0, 500.0]))
    clusters = f"MULTIPOINT (({lon[0]} {lat[0]}), ({lon[1]} {lat[1]}))"
    row = hamlet("a", (500, 500), shapely.box(300, 300, 700, 700), clusters=clusters)
    points = lay(ground(row), accepted(row))
    assert points["kind"].value_counts().to_dict() == {"ground": 16, "cluster": 2, "centre": 1}
    weights = points.groupby("kind")["weight"].sum()
    assert weights.to_dict() == pytest.approx({"centre": 0.375, "cluster": 0.625, "ground": 0})
    assert points["x_m"].min() == pytest.approx(ORIGIN_X + 350) and points[
        "point_id"
    ].tolist() == list(range(19))


def test_each_cluster_keeps_its_name_and_households():
    lon, lat = degrees(np.array([450.0, 550.0]), np.array([520.0, 480.0]))
    told = {
        "clusters": f"MULTIPOINT (({lon[0]} {lat[0]}), ({lon[1]} {lat[1]}))",
        "cluster_names": "Xóm Đồi|Xóm Bãi",
        "cluster_households": "12|",
    }
    row = hamlet("a", (500, 500), shapely.box(300, 300, 700, 700), **told)
    points = lay(ground(row), accepted(row))
    clusters = points[points["kind"] == "cluster"].set_index("name")
    assert clusters["x_m"].round().to_dict() == {
        "Xóm Bãi": ORIGIN_X + 550,
        "Xóm Đồi": ORIGIN_X + 450,
    }
    assert clusters.loc["Xóm Đồi", "households"] == 12
    assert clusters["households"].isna().to_dict() == {"Xóm Bãi": True, "Xóm Đồi": False}
    assert points.loc[points["kind"] != "cluster", "name"].isna().all()
    uneven = hamlet(
        "a", (500, 500), shapely.box(300, 300, 700, 700), **told | {"cluster_names": "Xóm"}
    )
    assert lay(ground(uneven), accepted(uneven))["name"].isna().all()


def test_without_clusters_the_centre_alone_decides():
    row = hamlet("a", (500, 500), shapely.box(300, 300, 700, 700))
    weights = lay(ground(row), accepted(row)).groupby("kind")["weight"].sum()
    assert weights.to_dict() == pytest.approx({"centre": 1, "ground": 0})


def test_a_hamlet_smaller_than_a_tile_has_one_point_of_ground():
    row = hamlet("a", outline=shapely.box(310, 310, 330, 330))
    points = lay(ground(row), accepted(row))
    assert points["kind"].tolist() == ["centre", "ground"]


def test_a_hamlet_in_the_wrong_commune_is_listed_and_not_moved():
    rows = [
        hamlet("right", (500, 500)),
        hamlet("border", (1100, 500)),
        hamlet("elsewhere", (1700, 500)),
        hamlet("nowhere", (500, 3000)),
        hamlet("lost"),
    ]
    table = ground(*rows).reset_index()
    listed = check_placement(table, LAYER, tolerance_m=200, crs=CRS).set_index("hamlet_id")
    assert set(listed.index) == {"border", "elsewhere", "nowhere", "lost"}
    assert listed["distance_m"].round().to_dict() == pytest.approx(
        {"border": 100, "elsewhere": 700, "nowhere": 2000, "lost": np.nan}, nan_ok=True
    )
    assert (
        "border" in listed.loc["border", "finding"]
        and "another" in listed.loc["elsewhere", "finding"]
    )
    assert (
        "no commune" in listed.loc["nowhere", "finding"]
        and "no location" in listed.loc["lost", "finding"]
    )
    assert (table["commune_code"] == "08914").all()


def test_gazetteer_points_on_whole_minutes_are_flagged():
    rows = [
        hamlet(n, (0, 0), location_quality=q) | {"lon": lon, "lat": 21.45}
        for n, q, lon in [
            ("a", "gazetteer_point", 105.58333),
            ("b", "gazetteer_point", 105.58412),
            ("c", "surveyed_point", 105.58333),
        ]
    ]
    table = flag_rounded_points(accepted(*rows), rounding_arcmin=1.0).set_index("hamlet_id")
    assert table["location_quality"].to_dict() == {
        "a": "rounded_point",
        "b": "gazetteer_point",
        "c": "surveyed_point",
    }


def test_a_list_and_an_outline_become_one_hamlet():
    listed = accepted(hamlet("a", (500, 500), households=120), hamlet("b", (700, 700)))
    drawn = accepted(
        hamlet("a", outline=shapely.box(0, 0, 400, 400), households=None, population=None)
    )
    table, conflicts = combine_hamlets([listed, drawn])
    row = table.set_index("hamlet_id").loc["a"]
    assert len(table) == 2 and conflicts.empty
    assert row["households"] == 120 and row["location_quality"] == "official_polygon"
    assert to_metres(table, crs=CRS).geometry[0].area == pytest.approx(160_000, rel=1e-5)
    assert row["lon"] == pytest.approx(degrees(500, 500)[0][0])


def test_foreign_ids_meet_by_commune_kind_and_name():
    listed = accepted(hamlet("VP-08914-001", (500, 500), name="Đồng Giếng"))
    drawn = accepted(hamlet("X7", outline=shapely.box(0, 0, 400, 400), name="ĐỒNG GIẾNG"))
    table, _ = combine_hamlets([listed, drawn])
    assert table["hamlet_id"].tolist() == ["VP-08914-001"] and table.geometry.notna().all()


def test_what_deliveries_contradict_each_other_in_is_told():
    table, conflicts = combine_hamlets(
        [
            accepted(hamlet("a", (1, 1), population=100)),
            accepted(hamlet("a", (1, 1), population=90)),
        ]
    )
    assert table["population"].tolist() == [100]
    assert conflicts.to_numpy().tolist() == [["a", "population", "100", "90"]]


def test_lists_that_each_count_from_one_keep_their_hamlets_apart():
    one = accepted(hamlet("1", (500, 500), name="Đồng Giếng"))
    two = accepted(hamlet("1", (1500, 500), name="Làng Chanh", commune_code="08917"))
    table, _ = combine_hamlets([one, two])
    assert sorted(table["name"]) == ["Làng Chanh", "Đồng Giếng"]


def test_a_delivery_that_states_no_kind_meets_the_one_that_does():
    listed = accepted(hamlet("a", (500, 500), name="Đồng Giếng"))
    drawn = accepted(
        hamlet("X7", outline=shapely.box(0, 0, 400, 400), name="Dong Gieng", kind="không ghi")
    )
    table, _ = combine_hamlets([listed, drawn])
    assert len(table) == 1 and table["kind"].tolist() == ["thôn"]


def test_nothing_delivered_is_an_empty_table():
    table, conflicts = combine_hamlets([])
    assert table.empty and conflicts.empty


def test_cells_that_only_touch_leave_no_lines_behind():
    grid = shapely.points(
        np.array([(x, y) for x in (0, 500, 1000) for y in (0, 500, 1000)], dtype=float)
    )
    cells = divide_ground(grid, shapely.box(0, 0, 1000, 1000))
    assert {c.geom_type for c in cells} <= {"Polygon", "MultiPolygon"}


def test_one_outline_drawn_for_two_communes_is_refused():
    square = shapely.box(0, 0, 1000, 1000)
    with pytest.raises(SourceFault, match="draw each commune once"):
        repair_communes(communes([square, square]), sliver_width_m=0, crs=CRS)


@pytest.mark.real
@pytest.mark.skipif(not GAZETTEER.exists(), reason="the real gazetteer is not beside the project")
def test_every_real_village_is_in_one_commune_or_listed():
    raw = gpd.read_file(GAZETTEER)
    rows = [
        hamlet(
            f"g{i}",
            None,
            name=r.name_vi if pd.notna(r.name_vi) else r.name,
            commune_code=r.gso_code_2023,
            location_quality="gazetteer_point",
        )
        | {"lon": r.lon, "lat": r.lat}
        for i, r in enumerate(raw.itertuples(index=False))
    ]
    layer = real_communes()
    told = flag_rounded_points(accepted(*rows), rounding_arcmin=1.0)
    table = ground_hamlets(told, layer, crs=CRS)
    listed = check_placement(table, layer, tolerance_m=200, crs=CRS)
    assert (told["location_quality"] == "rounded_point").sum() == 115
    assert len(table) == 307 and len(listed) == 3
    well = table[~table["hamlet_id"].isin(listed["hamlet_id"])]
    assert (well["commune_found"] == well["commune_code"]).all()
    with_hamlets = layer[layer["commune_code"].isin(table["commune_code"])]
    assert table["area_km2"].sum() == pytest.approx(with_hamlets["area_km2"].sum(), rel=1e-6)
