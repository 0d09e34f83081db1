"""The log of looks only grows, by whole lines: what a full disk cuts off is taken back."""

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from phusong.persons.vault import LOOKS_NAME, Vault
from phusong.vocabulary.errors import SourceFault

resource = pytest.importorskip("resource", reason="this system limits no sizes of files")
ABOUT = {"who": "planner", "table": "pupils", "rows": 3, "when": datetime(2021, 9, 24, tzinfo=UTC)}


@contextmanager
def limit_files(size):
    """Let no file grow beyond a size [bytes]: a line is cut there as a full disk cuts it."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("room", [0, 1, 40])
def test_an_access_that_finds_no_room_leaves_no_half_line_and_the_next_is_whole(tmp_path, room):
    vault = Vault(tmp_path / "personal")
    first = vault.log_look(why="một", **ABOUT)
    path = vault.folder / LOOKS_NAME
    before = path.read_bytes()
    with limit_files(len(before) + room), pytest.raises(SourceFault, match="cannot be logged"):
        vault.log_look(why="hai", **ABOUT)
    assert path.read_bytes() == before
    third = vault.log_look(why="ba", **ABOUT)
    assert vault.list_looks() == [first, third]
