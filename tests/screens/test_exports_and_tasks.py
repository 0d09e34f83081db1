"""Exports and long work: who may fetch what, once; and a page that is opened again finds its work."""

import time

from phusong.access.links import Verdict, take_link
from phusong.access.sessions import hash_key
from phusong.access.tasks import TaskState, find_tasks
from phusong.vocabulary.book import Role


def offering():
    from phusong.screens.exports import offer
    from phusong.screens.frame import open_screen

    screen = open_screen("overview")
    offer(screen, "Tải về", "danh_sach.csv", lambda: b"a;b\n1;2\n", rows=1)


def working():
    import streamlit as st
    from tests.screens.long_work import count_up

    from phusong.screens.frame import open_screen
    from phusong.screens.tasks import follow_task, start_task

    screen = open_screen("overview")
    if st.button("go"):
        start_task(screen, "count", count_up, 3)
    follow_task(screen, "count")


def test_a_file_is_built_on_click_and_its_link_is_the_askers_own(stage):
    planner = stage.sign_in(Role.PLANNER)
    page = stage.run(offering)
    assert not page.markdown
    page.button[0].click().run()
    link = page.markdown[0].value.split('href="')[1].split('"')[0]
    key, desk = link.removeprefix("/export/"), stage.desk
    now = desk.clock()
    stranger = take_link(desk.register, key, hash_key("x"), limits=desk.limits, when=now)
    assert stranger.verdict == Verdict.FOREIGN
    own = [
        take_link(desk.register, key, hash_key(stage.key), limits=desk.limits, when=now)
        for _ in range(2)
    ]
    assert [t.verdict for t in own] == [Verdict.GOOD, Verdict.GONE]
    assert own[0].options == {"name": "danh_sach.csv"}
    line = stage.log().iloc[0]
    assert line["what"] == "export" and line["rows"] == 1 and "sha256:" in line["subject"]
    assert line["account_id"] == planner.account_id


def test_long_work_is_found_by_a_page_that_is_opened_again(stage):
    planner = stage.sign_in(Role.PLANNER)
    stage.run(working).button[0].click().run()
    for _ in range(200):
        done = find_tasks(stage.desk.register, planner, "count", last=1)[0]
        if done.state != TaskState.RUNNING:
            break
        time.sleep(0.1)
    assert (done.state, done.share, done.told) == (TaskState.DONE, 1.0, "3")
    assert stage.run(working).success[0].value == "đã xong: 3"
    stage.sign_in(Role.EDUCATION)
    assert not stage.run(working).success
