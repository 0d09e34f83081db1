"""The smallest made-up province, run once for all tests of the flow; laws wait as long as they need."""

import fcntl
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadFileScheduling

from phusong.pipeline.demonstration import keep_book
from phusong.pipeline.planning import Money
from phusong.pipeline.rollout import plan_province
from phusong.pipeline.run import run_province
from phusong.simulate.province import simulate_province, write_province
from phusong.store.manifest import MANIFEST_NAME

# A law is true or false, whatever else the machine does: neither an example nor drawing it is timed.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


#: Whose files are dealt out first: a worker that is left with one of them at the end works alone.
SLOW_FIRST = ("browser", "long", "real", "flow")
#: Browser tests with a front end of their own, or none; the others share one, and so one worker.
OWN_SERVER = {"test_limits.py", "test_losses.py", "test_gate_provider.py", "test_map_page.py"}


class ByFileOrServer(LoadFileScheduling):
    """Deal out whole files, and those that share a front end as if they were one."""

    def _split_scope(self, nodeid):
        file = Path(super()._split_scope(nodeid))
        shares = file.parent.name == "browser" and file.name not in OWN_SERVER
        return "served" if shares else str(file)


def pytest_xdist_make_scheduler(config, log):
    return ByFileOrServer(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark what its fixtures or parameters tell, and put slow files first."""
    for item in items:
        called = getattr(item, "callspec", None)
        place = called.params.get("place") if called else None
        if "template" in item.fixturenames or place == "postgresql":
            item.add_marker(pytest.mark.postgres)
        if "made" in item.fixturenames:
            item.add_marker(pytest.mark.flow)
    ranks = {item.path: len(SLOW_FIRST) for item in items}
    for item in items:
        known = [n for n, name in enumerate(SLOW_FIRST) if item.get_closest_marker(name)]
        ranks[item.path] = min([ranks[item.path], *known])
    items.sort(key=lambda item: ranks[item.path])


@pytest.fixture(scope="session")
def share(tmp_path_factory) -> Callable[[str, Callable[[Path], object]], Path]:
    """Build a folder once in a run, whichever worker asks first, and give each a copy of its own."""
    own = tmp_path_factory.getbasetemp()
    common = own.parent if own.name.startswith("popen-") else own

    def build_once(name: str, build: Callable[[Path], object]) -> Path:
        made, done = common / f"shared_{name}", common / f"shared_{name}.done"
        with (common / f"shared_{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # falls with the worker that holds it
            if not done.exists():
                shutil.rmtree(made, ignore_errors=True)
                made.mkdir()
                build(made)
                done.touch()
        return shutil.copytree(made, tmp_path_factory.mktemp(name) / name)

    return build_once


def tell_new_place(folder: Path) -> None:
    """Write into copied results where they lie now, wherever they tell a whole path."""
    path = folder / "out" / MANIFEST_NAME
    text = re.sub(r'"/[^"]*/raw/', f'"{folder}/raw/', path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")


def make_province(folder: Path) -> None:
    """Make up the files of a few hamlets and run them."""
    province = write_province(simulate_province(size="hamlet", seed=242), folder / "raw")
    run_province(province, folder / "out")


@pytest.fixture(scope="session")
def made(share) -> Path:
    """The worker's own copy of the province, raw and finished."""
    folder = share("province", make_province)
    tell_new_place(folder)
    return folder


@pytest.fixture(scope="session")
def raw(made) -> Path:
    """The province file beside what its offices delivered."""
    return next((made / "raw").glob("*.toml"))


@pytest.fixture(scope="session")
def finished(made) -> Path:
    """The results of a run over it."""
    return made / "out"


@pytest.fixture(scope="session")
def office(made, share) -> Path:
    """The results with a plan and the book of a campaign under way; of no test to change."""

    def equip(folder: Path) -> None:
        shutil.copytree(made, folder, dirs_exist_ok=True)
        plan_province(folder / "out", scenario="baseline", money=Money())
        keep_book(folder / "out").close()

    folder = share("office", equip)
    tell_new_place(folder)
    return folder / "out"
