"""The smallest made-up province, run once for all tests of the flow."""

from pathlib import Path

import pytest

from phusong.pipeline.run import run_province
from phusong.simulate.province import simulate_province, write_province


@pytest.fixture(scope="session")
def raw(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("raw")
    return write_province(simulate_province(size="hamlet", seed=242), folder)


@pytest.fixture(scope="session")
def finished(raw, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("finished")
    run_province(raw, folder)
    return folder
