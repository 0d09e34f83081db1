"""A reader whose libraries misbehave over a file, as the file's first word says."""

import os
import socket
import subprocess
import sys
import time

import numpy as np

from phusong.intake import decoding, reader, registry


def _take_memory():
    taken = [np.ones(50_000_000) for _ in range(5)]  # 2 GB, each page of it written to
    return str(len(taken))


def _loop():
    while True:
        pass


def _connect(port):
    socket.create_connection(("127.0.0.1", int(port))).close()


def _start_program():
    subprocess.run([sys.executable, "-c", "pass"], check=True)


def _print():
    os.write(1, b"not an answer")
    raise SystemExit(0)


DEEDS = {
    b"memory": _take_memory,
    b"loop": _loop,
    b"sleep": lambda: time.sleep(3600),
    b"abort": os.abort,
    b"connect": _connect,
    b"program": _start_program,
    b"print": _print,
}


def decode(data, options, findings, *, file):
    first, second = data.split()[:2]
    if first in DEEDS:
        DEEDS[first](*([second] if first == b"connect" else []))
    return decoding.decode_bytes(data, options, findings, file=file)


if __name__ == "__main__":
    registry.decode_bytes = decode
    reader.serve_order()
