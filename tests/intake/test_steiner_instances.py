"""Steiner-tree instances as text: what is read, and what is refused by line."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from phusong.intake.steiner_instances import read_steiner_instance, read_steiner_optima
from phusong.vocabulary.errors import SourceFault

REAL = Path(__file__).parents[2].parent / "shared/real/steiner"
SQUARE = """SECTION Graph
Nodes 4
Edges 4
E 1 2 10
E 2 3 2.5
E 3 4 0
E 4 1 7
END

SECTION Terminals
Terminals 2
T 1
T 3
END

EOF
"""


def test_a_plain_and_a_packed_file_say_the_same(tmp_path):
    (tmp_path / "plain.gr").write_text(SQUARE)
    (tmp_path / "packed.gr.gz").write_bytes(gzip.compress(SQUARE.encode()))
    plain = read_steiner_instance(tmp_path / "plain.gr")
    packed = read_steiner_instance(tmp_path / "packed.gr.gz")
    assert (plain.name, packed.name, plain.vertices) == ("plain", "packed", 4)
    for one in (plain, packed):
        assert one.tail.tolist() == [0, 1, 2, 3]
        assert one.head.tolist() == [1, 2, 3, 0]
        assert one.cost.tolist() == [10.0, 2.5, 0.0, 7.0]
        assert one.terminals.tolist() == [0, 2]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("E 2 3 2.5", "E 2 3", "row 5: “E” is not followed by 3 numbers"),
        ("E 2 3 2.5", "E 2 ba 2.5", "row 5: “E” is not followed by 3 numbers"),
        ("E 2 3 2.5", "A 2 3 2.5", "row 5: the graph is directed"),
        ("E 2 3 2.5", "E 2 5 2.5", "a vertex is named outside 1 to 4"),
        ("E 2 3 2.5", "E 0 3 2.5", "a vertex is named outside 1 to 4"),
        ("E 2 3 2.5", "E 2 3 -1", "an edge has no cost ≥ 0"),
        ("E 2 3 2.5", "E 2 3 nan", "an edge has no cost ≥ 0"),
        ("T 3", "T 9", "a vertex is named outside 1 to 4"),
        ("Nodes 4", "Knoten 4", "the number of vertices is not given once"),
    ],
)
def test_what_the_format_does_not_allow_is_refused(tmp_path, old, new, said):
    (tmp_path / "wrong.gr").write_text(SQUARE.replace(old, new))
    with pytest.raises(SourceFault, match=said) as fault:
        read_steiner_instance(tmp_path / "wrong.gr")
    assert str(fault.value).startswith("wrong.gr")


def test_half_a_packed_file_is_refused(tmp_path):
    (tmp_path / "half.gr.gz").write_bytes(gzip.compress(SQUARE.encode())[:40])
    with pytest.raises(SourceFault, match=r"half\.gr\.gz: it cannot be read as text"):
        read_steiner_instance(tmp_path / "half.gr.gz")


def test_only_proven_optima_are_told(tmp_path):
    (tmp_path / "optimum.csv").write_text("instance,lower,upper\na.gr.gz,5,5\nb.gr,5,6\n")
    assert read_steiner_optima(tmp_path / "optimum.csv") == {"a": 5.0}
    (tmp_path / "other.csv").write_text("name,cost\na,5\n")
    with pytest.raises(SourceFault, match="no instance, lower and upper"):
        read_steiner_optima(tmp_path / "other.csv")


@pytest.mark.real
def test_the_smallest_real_instance_is_read_whole():
    if not REAL.exists():
        pytest.skip("the real Steiner instances are not beside the project")
    instance = read_steiner_instance(REAL / "instance071.gr.gz")
    assert (instance.vertices, len(instance.cost), len(instance.terminals)) == (640, 1280, 160)
    assert np.array_equal(instance.cost, np.floor(instance.cost))
    assert read_steiner_optima(REAL / "optimum.csv")["instance071"] == 42548
