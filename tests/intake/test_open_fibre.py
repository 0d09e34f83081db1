"""Fibre networks in the Open Fibre Data Standard, and fibre as plain lines."""

import json

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from tests.intake.offices import check, fault, fixes, rules
from tests.intake.surveyors import METRES, feature, line, metres, write_json

A, B = (105.562, 21.523), (105.572, 21.523)


def node(number, spot=A, **properties):
    head = {"id": f"n{number}", "status": "operational"}
    provider = {"networkProviders": [{"id": "1", "name": "VNPT Vĩnh Phúc"}]}
    shape = {"type": "Point", "coordinates": list(spot)}
    return feature(shape, **{**head, **provider, **properties})


def span(number, spots=(A, B), **properties):
    ends = {"start": {"id": "n1"}, "end": {"id": "n2"}}
    head = {"id": f"s{number}", "status": "operational", "networkProviders": [{"name": "VNPT"}]}
    return feature(line(*spots), **{**head, **ends, **properties})


def nodes(tmp_path, *features):
    return check("fibre_nodes", write_json(tmp_path / "nodes.geojson", features))


def spans(tmp_path, *features, **options):
    return check("fibre_routes", write_json(tmp_path / "spans.geojson", features), **options)


def at(spot, name="n"):
    """A node as an end of a span names it, its numbers as text as some publish them."""
    return {"id": name, "location": {"type": "Point", "coordinates": [str(n) for n in spot]}}


@pytest.mark.parametrize(
    ("stated", "kind", "access"),
    [
        (None, ["cabinet"], True),
        (None, ["pop"], False),
        (None, ["pop", "cabinet"], False),
        (True, ["pop"], True),
        (False, ["cabinet"], False),
    ],
)
def test_a_node_feeds_households_unless_it_is_backbone_or_says_otherwise(
    tmp_path, stated, kind, access
):
    extra = {} if stated is None else {"accessPoint": stated}
    table = nodes(tmp_path, node(1, type=kind, **extra)).accepted
    assert table["access"].tolist() == [access]
    assert table["kind"].tolist() == [", ".join(kind)]


def test_a_network_that_two_providers_share_stands_under_the_first_and_is_told(tmp_path):
    shared = [{"name": "Viettel"}, {"name": "VNPT"}, {"name": "Viettel"}]
    repeated = [{"name": "VNPT"}, {"name": "VNPT"}]
    checked = nodes(
        tmp_path, node(1, networkProviders=shared), node(2, B, networkProviders=repeated)
    )
    assert checked.accepted.set_index("node_id")["operator"].to_dict() == {
        "n1": "VIETTEL",
        "n2": "VNPT",
    }
    described = fault(checked, "several_operators")
    assert (described.row, described.value, described.severity) == (1, "Viettel; VNPT", "warning")
    assert rules(checked) == ["several_operators"]


def test_a_node_of_nobody_is_kept_and_told(tmp_path):
    checked = nodes(
        tmp_path, node(1, networkProviders=[{"id": "1"}]), node(2, B, networkProviders=None)
    )
    assert set(checked.accepted["operator"]) == {"OTHER"}
    assert rules(checked) == ["operator_unstated"]


@pytest.mark.parametrize(
    ("network", "day"),
    [
        ({"collectionDate": "2021-09-01", "publicationDate": "2021-10-01"}, "2021-09-01"),
        ({"publicationDate": "2021-10-01"}, "2021-10-01"),
        ({"name": "VNPT"}, None),
    ],
)
def test_the_date_is_that_of_the_network(tmp_path, network, day):
    found = nodes(tmp_path, node(1, network=network)).accepted["as_of"].iloc[0]
    assert (None if pd.isna(found) else f"{found:%Y-%m-%d}") == day


def test_a_state_that_is_missing_is_taken_as_live_and_listed(tmp_path):
    checked = spans(tmp_path, span(1, status=None), span(2, status="underConstruction"))
    assert checked.accepted.set_index("route_id")["status"].to_dict() == {
        "s1": "live",
        "s2": "building",
    }
    assert fixes(checked) == {"status_assumed": 1}


def test_a_state_that_nobody_knows_is_no_live_route(tmp_path):
    checked = spans(tmp_path, span(1), span(2, status="đang chờ duyệt"))
    assert checked.accepted["route_id"].tolist() == ["s1"]
    assert rules(checked) == ["unknown_term"]


def test_an_end_that_names_no_node_is_told(tmp_path):
    checked = spans(tmp_path, span(1, start=None), span(2, end={"name": "B"}), span(3))
    described = [(f.rule, f.row, f.column) for f in checked.diagnosis.faults]
    assert described == [("route_nowhere", 1, "start"), ("route_nowhere", 2, "end")]


def test_an_end_away_from_the_node_it_names_is_told_with_the_distance(tmp_path):
    """A thousandth of a degree of latitude is 111.2 m; half of it is within what tracing costs."""
    far, near = (A[0], A[1] + 0.001), (B[0], B[1] + 0.0005)
    checked = spans(tmp_path, span(1, start=at(far, "n7"), end=at(near)))
    described = fault(checked, "route_end_apart")
    assert (described.row, described.column, described.value) == (1, "start", "n7")
    assert "111 m" in described.suggestion
    assert rules(checked) == ["route_end_apart"]


def test_a_network_is_held_to_no_more_than_the_accuracy_it_states(tmp_path):
    far = (A[0], A[1] + 0.001)
    checked = spans(tmp_path, span(1, start=at(far), network={"accuracy": 250}))
    assert not rules(checked)


def test_a_route_without_length_is_told_and_an_id_twice_is_numbered(tmp_path):
    checked = spans(tmp_path, span(1), span(1), span(2, spots=(A, A)))
    assert checked.accepted["route_id"].tolist() == ["s1", "s1~2", "s2"]
    assert sorted(rules(checked)) == ["duplicate_id", "zero_length"]


def test_the_length_of_the_fibre_is_kept_as_stated(tmp_path):
    checked = spans(tmp_path, span(1, fibreLength=1250.5, deployment=["aerial", "belowGround"]))
    assert checked.accepted["length_stated_m"].tolist() == [1250.5]
    assert checked.accepted["medium"].tolist() == ["aerial, belowGround"]


def test_routes_of_a_plain_layer_are_read_by_their_headings(tmp_path):
    shape = shapely.LineString([metres(*A), metres(*B)])
    frame = gpd.GeoDataFrame(
        {
            "Mã tuyến": ["T1", ""],
            "Doanh nghiệp": ["Viettel", ""],
            "Loại (treo/ngầm/kéo cống)": ["treo", "ngầm"],
            "Trạng thái": ["hiện có", "kế hoạch"],
            "Chiều dài km": [1.2, 0.8],
        },
        geometry=[shape, shape],
        crs=METRES,
    )
    frame.to_file(tmp_path / "tuyen.gpkg")
    table = check("fibre_routes", tmp_path / "tuyen.gpkg", operator="VNPT").accepted
    assert table["route_id"].tolist() == ["T1", "tuyen-2"]
    assert table["operator"].tolist() == ["VIETTEL", "VNPT"]
    assert table["status"].tolist() == ["live", "planned"]
    assert table["length_stated_m"].tolist() == pytest.approx([1200, 800])


@pytest.mark.parametrize(
    "mess", ["{", "[[[", "null", "7", '"x"', "[null]", '[{"name": null}]', "{}"]
)
def test_what_is_nested_wrongly_costs_nothing_but_itself(tmp_path, mess):
    """In a layer of another format the nested columns are plain text, and may hold anything."""
    columns = ("networkProviders", "start", "end", "network", "type", "accessPoint", "deployment")
    frame = gpd.GeoDataFrame(
        {"id": ["s1"], "status": ["operational"], **{c: [mess] for c in columns}},
        geometry=[shapely.LineString([A, B])],
        crs=4326,
    )
    frame.to_file(tmp_path / "s.gpkg")
    checked = check("fibre_routes", tmp_path / "s.gpkg", operator="VNPT")
    assert checked.accepted["operator"].tolist() == ["VNPT"]
    points = frame.set_geometry([shapely.Point(A)], crs=4326)
    points.to_file(tmp_path / "n.gpkg")
    assert check("fibre_nodes", tmp_path / "n.gpkg", operator="VNPT").diagnosis.rows_accepted == 1


def test_a_network_package_is_read_as_the_nodes_and_the_spans_that_it_holds(tmp_path):
    def node(number, lon):
        place = {"type": "Point", "coordinates": [lon, 21.5]}
        return {"id": number, "name": f"Nút {number}", "location": place, "accessPoint": True}

    route = {"type": "LineString", "coordinates": [[105.5, 21.5], [105.55, 21.5]]}
    network = {
        "id": "N1",
        "collectionDate": "2021-09-01",
        "nodes": [node("1", 105.5), node("2", 105.55), {"id": "3"}],
        "spans": [
            {
                "id": "S1",
                "start": "1",
                "end": "2",
                "route": route,
                "networkProviders": [{"name": "VNPT"}],
            }
        ],
    }
    path = tmp_path / "package.json"
    path.write_text(json.dumps({"networks": [network]}), "utf-8")
    nodes = check("fibre_nodes", path)
    assert nodes.accepted["node_id"].tolist() == ["1", "2"]
    assert [(f.row, f.rule) for f in nodes.diagnosis.faults if f.row == 3][0] == (
        3,
        "required_empty",
    )
    spans = check("fibre_routes", path)
    assert spans.accepted[["route_id", "operator"]].iloc[0].tolist() == ["S1", "VNPT"]
    assert str(spans.accepted["as_of"].iloc[0].date()) == "2021-09-01"
    assert not [f for f in spans.diagnosis.faults if f.rule in ("route_nowhere", "route_end_apart")]
    assert check("roads", path).diagnosis.status == "refused"
