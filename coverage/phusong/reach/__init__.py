"""Who is reached by what, how well, and how sure we are.

The kernels are compiled on first use and kept in the user's own cache, under a name made from this
folder's source: numba stamps a kernel by its own file only, and would go on running the old code of a
neighbour that it had inlined.
"""

import os

from numba.core import config

from phusong.vocabulary.packaged import hash_packaged

if not config.CACHE_DIR:  # type: ignore[attr-defined]
    _home = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME")
    _name = f"kernels-{hash_packaged('reach', suffix='.py')[:16]}"
    _folder = os.path.join(_home or os.path.expanduser("~/.cache"), "phusong", _name)
    config.CACHE_DIR = _folder  # type: ignore[attr-defined]
