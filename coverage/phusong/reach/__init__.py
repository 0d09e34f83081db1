"""Who is reached by what, how well, and how sure we are.

The kernels are compiled on first use and kept in the user's own cache, under a name made from this
folder's source: numba stamps a kernel by its own file only, and would go on running the old code of a
neighbour that it had inlined.
"""

import os
import sys

from phusong.vocabulary.packaged import hash_packaged

VARIABLE, OURS = "NUMBA_CACHE_DIR", "PHUSONG_KERNELS"

_given = os.environ.get(VARIABLE)
if not _given or _given == os.environ.get(OURS):  # what a parent process set may be of older code
    _home = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME")
    _name = f"kernels-{hash_packaged('reach', suffix='.py')[:16]}"
    _folder = os.path.join(_home or os.path.expanduser("~/.cache"), "phusong", _name)
    # Numba, slow to load, reads it when a kernel first needs it.
    os.environ[VARIABLE] = os.environ[OURS] = _folder
    if "numba" in sys.modules and not sys.modules["numba"].core.config.CACHE_DIR:
        sys.modules["numba"].core.config.CACHE_DIR = _folder
