"""The cheapest trenches: trees that join fibre to hamlets along roads, each with a proven bound.

The kernels are compiled on first use and kept beside those of `reach`, under a name made from this
folder's source, for the same reason.
"""

from numba.core import config

import phusong.reach  # noqa: F401  # it names the cache
from phusong.vocabulary.packaged import hash_packaged

_kept = config.CACHE_DIR  # type: ignore[attr-defined]
_name = f"steiner-{hash_packaged('plans', 'steiner', suffix='.py')[:16]}"
#: Where the compiled kernels of this source are kept; absent until the first of them is.
KERNELS = f"{_kept}/{_name}"
config.CACHE_DIR = KERNELS  # type: ignore[attr-defined]

from phusong.plans.steiner.budgets import Frontier, spend_budget, trace_frontier  # noqa: E402
from phusong.plans.steiner.network import Network, build_network  # noqa: E402
from phusong.plans.steiner.prizes import Harvest, collect_prizes  # noqa: E402
from phusong.plans.steiner.trees import Tree, connect_terminals  # noqa: E402

config.CACHE_DIR = _kept  # type: ignore[attr-defined]

__all__ = [
    "KERNELS",
    "Frontier",
    "Harvest",
    "Network",
    "Tree",
    "build_network",
    "collect_prizes",
    "connect_terminals",
    "spend_budget",
    "trace_frontier",
]
