"""Foreign files are read in confined processes, whose death is a refusal and nothing else."""

import socket
import threading
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal
from tests.intake.offices import write_csv
from tests.intake.schools_office import BELOW, TOP, pupil

from phusong.intake import confinement, reader_pool
from phusong.intake.confinement import Confinement, make_environment
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.door import check_source
from phusong.intake.reader_pool import ReaderPool, check_in_child, compute_confinement
from phusong.intake.veiling import SealedOptions
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.parameters import load_parameters

pytestmark = pytest.mark.long

PARAMETERS = load_parameters()
ROOT = Path(__file__).parents[2]
linux = pytest.mark.skipif(not confinement.is_confinable(), reason="only Linux confines a process")


@pytest.fixture(scope="module")
def pool():
    """Return readers of which one waits."""
    kept = ReaderPool(1)
    kept.warm_up()
    yield kept
    kept.close()


@pytest.fixture
def misbehaving(monkeypatch):
    """Return readers whose libraries do what the file says, within small limits."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setattr(
        reader_pool, "compute_confinement", lambda path, intake: Confinement(1000, 2, 20)
    )
    return ReaderPool(1, module="tests.intake.misbehaving_reader")


def write_pupils(path):
    return write_csv(path, [TOP, BELOW, pupil(), pupil(2, "2600000002", "", name="")])


def test_a_file_is_judged_as_it_is_without_a_process_of_its_own(pool, tmp_path):
    path = write_pupils(tmp_path / "hs.csv")
    apart = pool.check("students", path, ReadOptions(), PARAMETERS)
    here = check_source("students", path, ReadOptions(), PARAMETERS)
    assert apart.diagnosis == here.diagnosis
    assert_frame_equal(apart.accepted, here.accepted)
    assert_frame_equal(apart.quarantined.astype("str"), here.quarantined.astype("str"))


def test_shapes_and_their_system_come_back(pool, tmp_path):
    path = tmp_path / "roads.geojson"
    path.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"TL 302"},'
        '"geometry":{"type":"LineString","coordinates":[[105.6,21.3],[105.61,21.31]]}}]}',
        encoding="utf-8",
    )
    apart = pool.check("roads", path, ReadOptions(), PARAMETERS)
    here = check_source("roads", path, ReadOptions(), PARAMETERS)
    assert apart.diagnosis == here.diagnosis and apart.diagnosis.rows_accepted == 1
    assert apart.accepted.crs == here.accepted.crs
    assert apart.accepted.geometry.geom_equals(here.accepted.geometry).all()


def test_no_more_rows_come_back_than_are_asked_for(pool, tmp_path):
    path = write_pupils(tmp_path / "hs.csv")
    told = pool.check("students", path, ReadOptions(), PARAMETERS, rows=0)
    assert told.diagnosis.rows_accepted == 1
    assert len(told.accepted) == len(told.quarantined) == 0


def test_a_key_reaches_the_reader_and_seals_what_it_reads(pool, tmp_path):
    path = write_csv(tmp_path / "lots.csv", [["Mã lô", "Serial"], ["L1", "S-1"]])
    sealed = SealedOptions(key=b"k" * 32)
    apart = pool.check("lots", path, sealed, PARAMETERS).diagnosis
    assert apart == check_source("lots", path, sealed, PARAMETERS).diagnosis


def test_faults_of_whoever_asks_are_theirs_as_without_a_process(pool, tmp_path):
    path = write_pupils(tmp_path / "hs.csv")
    with pytest.raises(ParameterFault):
        pool.check("students", path, ReadOptions(edition="1066-10-14"), PARAMETERS)
    gone = pool.check("students", tmp_path / "none.csv", ReadOptions(), PARAMETERS)
    assert [f.rule for f in gone.diagnosis.faults] == ["no_such_file"]


@linux
@pytest.mark.parametrize(
    ("deed", "rule"),
    [
        ("memory", "reader_too_large"),
        ("loop", "reader_too_long"),
        ("abort", "reader_died"),
        ("program", "unreadable"),
        ("print", "reader_died"),
    ],
)
def test_a_reader_that_passes_a_limit_is_a_refusal_in_both_languages(
    misbehaving, tmp_path, deed, rule
):
    path = tmp_path / "a.csv"
    path.write_text(f"{deed} Mã thôn,Tên thôn\n", encoding="utf-8")
    diagnosis = misbehaving.check("hamlets", path, ReadOptions(), PARAMETERS).diagnosis
    assert diagnosis.exit_code == 2 and diagnosis.rows_accepted == 0
    fault = diagnosis.faults[0]
    assert fault.rule == rule
    vi, _, en = fault.suggestion.partition(" · ")
    assert vi and en and "{" not in fault.suggestion


def test_a_reader_that_sleeps_is_waited_for_so_long_and_no_longer(
    misbehaving, tmp_path, monkeypatch
):
    monkeypatch.setattr(
        reader_pool, "compute_confinement", lambda path, intake: Confinement(1000, 60, 5)
    )
    path = tmp_path / "a.csv"
    path.write_text("sleep x\n", encoding="utf-8")
    diagnosis = misbehaving.check("hamlets", path, ReadOptions(), PARAMETERS).diagnosis
    assert diagnosis.faults[0].rule == "reader_too_long"


def test_whoever_asks_goes_on_meanwhile(misbehaving, tmp_path, monkeypatch):
    started = []

    class _Noted(reader_pool.Reader):
        def __init__(self, module):
            super().__init__(module)
            started.append(self)

    monkeypatch.setattr(reader_pool, "Reader", _Noted)
    monkeypatch.setattr(
        reader_pool, "compute_confinement", lambda path, intake: Confinement(1000, 600, 600)
    )
    path, judged = tmp_path / "a.csv", []
    path.write_text("sleep x\n", encoding="utf-8")

    def _check():
        judged.append(misbehaving.check("hamlets", path, ReadOptions(), PARAMETERS).diagnosis)

    thread = threading.Thread(target=_check)
    thread.start()
    here = check_source("students", write_pupils(tmp_path / "b.csv"), ReadOptions(), PARAMETERS)
    assert here.diagnosis.rows_accepted == 1 and thread.is_alive()
    while not started:
        threading.Event().wait(0.01)
    started[0]._stop_late()
    thread.join()
    assert judged[0].faults[0].rule == "reader_too_long"


@linux
def test_a_reader_opens_no_connection(misbehaving, tmp_path):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.setblocking(False)
        path = tmp_path / "a.csv"
        path.write_text(f"connect {server.getsockname()[1]}\n", encoding="utf-8")
        told = misbehaving.check("hamlets", path, ReadOptions(), PARAMETERS).diagnosis
        assert told.faults[0].rule == "unreadable"
        assert "ForbiddenError" in told.faults[0].suggestion
        with pytest.raises(BlockingIOError):
            server.accept()


def test_a_reader_inherits_no_secret(monkeypatch, tmp_path):
    monkeypatch.setenv("PHUSONG_LEDGER", "postgresql://u:secret@host/book")
    assert "secret" not in str(make_environment(str(tmp_path)))


def test_a_spare_that_died_is_replaced(pool, tmp_path):
    path = write_pupils(tmp_path / "hs.csv")
    pool._spare.process.kill()
    pool._spare.process.wait()
    assert pool.check("students", path, ReadOptions(), PARAMETERS).diagnosis.exit_code == 0
    assert pool._spare.process.poll() is None


def test_readers_leave_no_folder_and_no_process(tmp_path, monkeypatch):
    monkeypatch.setattr(reader_pool.tempfile, "tempdir", str(tmp_path))
    kept = ReaderPool(1)
    kept.warm_up()
    process = kept._spare.process
    kept.close()
    assert process.poll() is not None and not list(tmp_path.iterdir())


def test_no_more_read_at_once_than_are_allowed(tmp_path, monkeypatch):
    running, most = [], []
    pool = ReaderPool(2)

    class _Reader:
        def __init__(self, module):
            self.process = None

        def ask(self, order, confinement):
            running.append(1)
            most.append(len(running))
            threading.Event().wait(0.05)
            running.pop()
            return "reader_died"

    monkeypatch.setattr(reader_pool, "Reader", _Reader)
    path = write_pupils(tmp_path / "hs.csv")
    threads = [
        threading.Thread(target=pool.check, args=("students", path, ReadOptions(), PARAMETERS))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == 6 and max(most) <= 2


def test_a_larger_file_is_given_more(tmp_path):
    small, large = tmp_path / "a", tmp_path / "b"
    small.write_bytes(b"")
    large.write_bytes(b"x" * 1_000_000)
    one, more = (compute_confinement(path, PARAMETERS.intake) for path in (small, large))
    assert more.memory_mb > one.memory_mb and more.cpu_s > one.cpu_s and more.wait_s > more.cpu_s


def test_where_nothing_can_be_confined_it_is_said(monkeypatch, caplog):
    monkeypatch.setattr(reader_pool, "is_confinable", lambda: False)
    monkeypatch.setattr(ReaderPool, "_replace_spare", lambda self: None)
    ReaderPool(1).warm_up()
    assert "cannot limit" in caplog.text


def test_the_readers_of_a_process_are_found_again(tmp_path, monkeypatch):
    reader_pool.find_pool.cache_clear()
    assert reader_pool.find_pool(2) is reader_pool.find_pool(2)
    told = check_in_child("students", write_pupils(tmp_path / "a.csv"), ReadOptions(), PARAMETERS)
    assert told.diagnosis.rows_accepted == 1
