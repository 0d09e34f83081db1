"""A session of the front end without a browser: signed in, it asks over the line for runs of the overview."""

from __future__ import annotations

import http.client
import time
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

LARGEST = 2**24


def sign_in(address: str) -> str:
    """Return the cookie of a planner's session."""
    line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    headers = {"Origin": address, "Content-Type": "application/x-www-form-urlencoded"}
    line.request(
        "POST", "/sign-in", urlencode({"role": "planner", "to": "/", "lang": "vi"}), headers
    )
    answer = line.getresponse()
    answer.read()
    return str(answer.headers["set-cookie"]).split(";", maxsplit=1)[0]


def run_pages(address: str, rounds: int) -> list[float]:
    """Return how long each of some runs of the overview took, from asking to the end of the script [s]."""
    cookie = sign_in(address)
    place = f"ws://{urlsplit(address).netloc}/_stcore/stream"
    told = []
    with connect(
        place,
        additional_headers={"Cookie": cookie},
        origin=address,  # type: ignore[arg-type]
        subprotocols=["streamlit"],  # type: ignore[list-item]
        max_size=LARGEST,
    ) as line:
        for _ in range(rounds):
            asked = BackMsg()
            asked.rerun_script.query_string = "lang=vi"
            start = time.perf_counter()
            line.send(asked.SerializeToString())
            while True:
                answer = ForwardMsg.FromString(line.recv())  # type: ignore[arg-type]
                if answer.WhichOneof("type") == "script_finished":
                    break
            told.append(time.perf_counter() - start)
    return told
