"""Some rows of a table, without the rest of it."""

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phusong.store import read_rows
from phusong.store.tables import table_path


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("rows")
    path = table_path(place, "numbers")
    path.parent.mkdir()
    pd.DataFrame({"n": range(95), "text": [f"t{n}" for n in range(95)]}).to_parquet(
        path, row_group_size=10
    )
    return place


@given(rows=st.lists(st.integers(0, 120), max_size=20))
@settings(deadline=None, max_examples=60)
def test_they_are_those_asked_for_in_the_order_of_the_file(folder, rows):
    found = read_rows(folder, "numbers", rows)
    wanted = sorted({n for n in rows if n < 95})
    assert found["n"].tolist() == wanted
    assert found["text"].tolist() == [f"t{n}" for n in wanted]


def test_only_their_groups_are_read(folder, monkeypatch):
    read, first = [], pq.ParquetFile.read_row_groups

    def _watch(self, groups, *args, **kwargs):
        read.extend(groups)
        return first(self, groups, *args, **kwargs)

    monkeypatch.setattr(pq.ParquetFile, "read_row_groups", _watch)
    read_rows(folder, "numbers", [3, 94])
    assert read == [0, 9]
