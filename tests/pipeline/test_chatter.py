"""What compiled code prints does not reach what the program says."""

import os
import subprocess
import sys

CODE = """
import os, sys
from phusong.pipeline.chatter import divert_output
print("before")
with divert_output():
    os.write(1, b"chatter\\n")
print("after")
"""


def test_chatter_goes_to_the_other_stream_and_ours_stays_in_order():
    result = subprocess.run(
        [sys.executable, "-c", CODE], capture_output=True, text=True, check=True, env=os.environ
    )
    assert result.stdout.split() == ["before", "after"]
    assert result.stderr.strip() == "chatter"
