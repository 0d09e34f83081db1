"""What a page costs, in figures that a busy machine does not change: bytes sent, rows read, questions asked."""

from contextlib import contextmanager
from dataclasses import dataclass

import pyarrow.parquet
from sqlalchemy import Engine, event
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue


@dataclass
class Weight:
    """Hold what was sent [bytes], and what was read from files and databases [rows]."""

    sent: int = 0
    rows_of_files: int = 0
    rows_of_databases: int = 0
    queries: int = 0


@contextmanager
def weigh(monkeypatch):
    """Give the weight of what is done meanwhile."""
    weight = Weight()

    def _watch(target, name, note):
        first = getattr(target, name)

        def _watched(*args, **kwargs):
            result = first(*args, **kwargs)
            note(args, result)
            return result

        patch.setattr(target, name, _watched)

    def _send(args, _):
        weight.sent += args[1].ByteSize()

    def _read(_, table):
        weight.rows_of_files += table.num_rows

    def _connect(connection, _record):
        def _row(_cursor, row):
            weight.rows_of_databases += 1
            return row

        connection.row_factory = _row

    def _ask(*_):
        weight.queries += 1

    with monkeypatch.context() as patch:
        _watch(ForwardMsgQueue, "enqueue", _send)
        _watch(pyarrow.parquet, "read_table", _read)
        _watch(pyarrow.parquet.ParquetFile, "read_row_groups", _read)
        event.listen(Engine, "connect", _connect)
        event.listen(Engine, "before_cursor_execute", _ask)
        try:
            yield weight
        finally:
            event.remove(Engine, "connect", _connect)
            event.remove(Engine, "before_cursor_execute", _ask)
