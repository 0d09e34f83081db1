"""The smallest made-up province, run once for all tests of the flow; laws wait as long as they need."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from phusong.pipeline.run import run_province
from phusong.simulate.province import simulate_province, write_province

# A law is true or false, whatever else the machine does: neither an example nor drawing it is timed.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session")
def raw(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("raw")
    return write_province(simulate_province(size="hamlet", seed=242), folder)


@pytest.fixture(scope="session")
def finished(raw, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("finished")
    run_province(raw, folder)
    return folder
