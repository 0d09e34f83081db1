"""The analysts' shelf: light to bring in, typed, documented, and true to its examples."""

import ast
import doctest
import inspect
import re
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import networkx as nx
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from networkx.algorithms.approximation import steiner_tree

import phusong as ps
from phusong.vocabulary.errors import ParameterFault

ROOT = Path(__file__).parents[2]
FUNCTIONS = {n: getattr(ps, n) for n in ps.__all__ if inspect.isfunction(getattr(ps, n))}
WITH_EXAMPLES = [n for n, f in FUNCTIONS.items() if ">>>" in (f.__doc__ or "")]


def test_to_bring_the_package_in_brings_in_nothing_heavy():
    told = "import sys, phusong; print(sorted({'numpy', 'pandas', 'geopandas', 'numba'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_types_name_what_stands_on_the_shelf():
    stub = ast.parse((ROOT / "coverage/phusong/__init__.pyi").read_text(encoding="utf-8"))
    typed = {a.name for n in stub.body if isinstance(n, ast.ImportFrom) for a in n.names}
    assert typed | {"__version__"} == set(ps.__all__) == set(dir(ps))
    with pytest.raises(AttributeError, match="no attribute 'tide'"):
        _ = ps.tide


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_typed_and_documented(name):
    function = FUNCTIONS[name]
    signature = inspect.signature(function)
    assert all(p.annotation is not p.empty for p in signature.parameters.values())
    assert signature.return_annotation is not signature.empty
    assert function.__doc__ and function.__doc__.strip()[0].isupper()


@pytest.mark.parametrize("name", ps.__all__)
def test_the_guide_lists_it(name):
    if name != "__version__":
        assert f"ps.{name}" in (ROOT / "docs/api.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_its_examples_are_true(name, finished, raw, tmp_path):
    space = {"ps": ps, "folder": finished, "province": raw, "tmp": tmp_path}
    examples = doctest.DocTestFinder().find(FUNCTIONS[name], name, globs=space)
    told: list[str] = []
    for example in examples:
        doctest.DocTestRunner().run(example, out=told.append)
    assert not told, "".join(told)


def test_results_hand_out_copies_and_name_what_they_lack(finished):
    results = ps.read_results(finished)
    gaps = results["gaps"]
    gaps["class"] = "K9"
    assert "K9" not in set(results["gaps"]["class"])
    assert set(results) >= {"hamlets", "reach", "students"} and len(results) == len(list(results))
    with pytest.raises(KeyError, match="no table “tide”"):
        _ = results["tide"]
    with pytest.raises(ParameterFault, match="no results here"):
        ps.read_results(finished / "nowhere")
    assert "mô phỏng" in repr(results) and results.summary and results.parameters


def test_the_graph_of_ways_holds_every_hamlet_and_its_course(finished):
    graph = ps.roads_graph(ps.read_results(finished))
    assert graph.graph["hamlets"] and set(graph.graph["nodes"].values()) <= set(graph)
    lines = ps.graph_lines(graph)
    assert len(lines) == graph.number_of_edges() and lines.crs.to_epsg() == graph.graph["crs"]
    for (tail, head, facts), line in zip(graph.edges(data=True), lines, strict=True):
        ends = {(graph.nodes[v]["x_m"], graph.nodes[v]["y_m"]) for v in (tail, head)}
        reached = {line.coords[0], line.coords[-1]}
        for end in ends:
            assert min(shapely.Point(end).distance(shapely.Point(r)) for r in reached) < 1
        assert facts["cost_vnd"] >= 0


graphs = st.integers(4, 9).flatmap(
    lambda n: st.tuples(
        st.just(n),
        st.lists(
            st.tuples(st.integers(0, n - 1), st.integers(0, n - 1), st.integers(0, 9)), max_size=20
        ),
    )
)


@settings(max_examples=40, deadline=None)
@given(graphs)
def test_no_tree_of_a_peer_is_cheaper_than_the_bound(drawn):
    n, more = drawn
    graph = nx.Graph()
    graph.add_weighted_edges_from(((i, i + 1, 5.0) for i in range(n - 1)), weight="cost_vnd")
    graph.add_weighted_edges_from(
        ((a, b, float(c)) for a, b, c in more if a != b), weight="cost_vnd"
    )
    stops = [0, n // 2, n - 1]
    tree = ps.steiner_tree(graph, stops, effort=2)
    assert tree.size(weight="cost_vnd") == pytest.approx(tree.graph["cost"])
    assert nx.is_connected(tree) and set(stops) <= set(tree)
    peer = steiner_tree(graph, stops, weight="cost_vnd", method="mehlhorn")
    assert tree.graph["lower_bound"] <= peer.size(weight="cost_vnd") + 1e-9
    assert tree.graph["cost"] <= 2 * peer.size(weight="cost_vnd") + 1e-9


def test_a_vertex_out_of_reach_is_named_and_a_strange_one_refused():
    graph = nx.Graph([("a", "b", {"cost_vnd": 2.0}), ("c", "d", {"cost_vnd": 1.0})])
    tree = ps.steiner_tree(graph, ["b", "d"], roots=["a"])
    assert (tree.graph["cost"], tree.graph["unreached"]) == (2.0, ["d"])
    with pytest.raises(ValueError, match="'z' is no vertex"):
        ps.steiner_tree(graph, ["z"])


def test_a_mast_without_the_technology_is_refused(finished):
    results = ps.read_results(finished)
    with pytest.raises(KeyError, match="sends no 5G"):
        ps.light_site(results, "S00001", technology="5G", radius_m=1_000, step_m=500)


def test_a_kind_without_a_form_is_refused(tmp_path):
    with pytest.raises(ParameterFault, match="has no form"):
        ps.write_form("terrain", tmp_path / "x.xlsx")


def test_pictures_say_what_they_are_given(tmp_path):
    table = pd.DataFrame({"một": [1, 2], "hai": [0.5, 0]}, index=["A & B", "C"])
    bars = ps.draw_bars(table, title="<T>", colours={"một": "#111111", "hai": "#222222"}, unit="u")
    assert "&lt;T&gt;" in bars.svg and "A &amp; B" in bars.svg and bars.svg.count("#222222") == 3
    curve = pd.Series([0.0, 1.0, 4.0], index=[0, 1, 2])
    curves = ps.draw_curves({"c": curve}, title="T", across="x", up="y", colours={"c": "#333333"})
    assert curves.svg.count("<circle") == 3
    place = bars.save(tmp_path / "bars.svg")
    assert place.read_text(encoding="utf-8") == bars._repr_svg_()


def test_a_map_draws_points_lines_and_areas_in_metres_alone():
    shapes = [shapely.box(0, 0, 4_000, 2_000), shapely.LineString([(0, 0), (4_000, 2_000)])]
    layers = [
        ps.Layer(gpd.GeoSeries([shapes[0]], crs=5897), "#87c590", "đất"),
        ps.Layer(gpd.GeoSeries([shapes[0]], crs=5897), "#111111", filled=False),
        ps.Layer(gpd.GeoSeries([shapes[1], None], crs=5897), "#b0334f", "đường"),
        ps.Layer(gpd.GeoSeries([shapely.Point(1_000, 1_000)], crs=5897), "#3a1c4d", "trạm"),
    ]
    svg = ps.draw_map(layers, title="Bản đồ").svg
    assert svg.count("<polygon") == 2 and svg.count("<circle") == 1 and "1 km" in svg
    assert all(word in svg for word in ("đất", "đường", "trạm", "Bản đồ"))
    degrees = gpd.GeoSeries([shapely.Point(105.5, 21.5)], crs=4326)
    for wrong in ([ps.Layer(degrees, "#111111")], [*layers, ps.Layer(degrees, "#111111")]):
        with pytest.raises(ValueError, match="one metric system"):
            ps.draw_map(wrong, title="T")


@pytest.mark.parametrize("guide", ["api", "guides/analyst.vi", "guides/analyst.en"])
def test_what_a_guide_shows_in_python_runs(guide, finished):
    text = (ROOT / f"docs/{guide}.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.M | re.S)
    assert blocks
    told = "\n".join(blocks).replace('"data/processed/demo_province"', repr(str(finished)))
    exec(compile(told, guide, "exec"), {})
