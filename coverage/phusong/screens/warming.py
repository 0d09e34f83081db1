"""What the server works out before its port answers, so that the first visitor does not wait for it."""

from __future__ import annotations

import logging
from importlib import import_module

from phusong.access.book import has_book, open_book
from phusong.access.desk import Desk
from phusong.access.plan_index import load_plan_index
from phusong.access.principals import Principal
from phusong.access.questions.findings import ask_gaps, ask_history, ask_indicators, ask_summary
from phusong.access.questions.names import ask_names
from phusong.intake.reader_pool import find_pool
from phusong.ledger.award_index import find_award_index
from phusong.screens.contents import PAGES
from phusong.screens.layers import FINDINGS, build_layer
from phusong.screens.settings import Settings, find_desk, has_results
from phusong.screens.speech import LANGUAGES, read_words
from phusong.screens.state import recall
from phusong.vocabulary.book import Role
from phusong.vocabulary.errors import PhusongError
from phusong.vocabulary.parameters import load_parameters

#: What most pages ask first.
QUESTIONS = (ask_summary, ask_names, ask_gaps, ask_indicators, ask_history)
LOG = logging.getLogger("phusong.screens")


def warm_up(settings: Settings) -> None:
    """Read the pages' modules and sentences, the tables that lists are made of, and draw the planners' map.

    Results or a book that cannot be read stop nobody from being told so on a page.

    Parameters
    ----------
    settings : of the server.
    """
    find_pool(int(load_parameters().intake.number("readers_at_once"))).warm_up()
    for page in PAGES:
        import_module(page.module)
    for language in LANGUAGES:
        read_words(language)
    if not has_results(settings):
        return
    try:
        _read_tables(find_desk(settings))
    except PhusongError as fault:
        LOG.warning("nothing could be prepared: %s", type(fault).__name__)


def _read_tables(desk: Desk) -> None:
    """Read what lists are made of, and work out what planners ask first."""
    load_plan_index(desk.folder)
    if has_book(desk):
        find_award_index(open_book(desk)).read()
    planner = Principal("", Role.PLANNER, "", demonstration=desk.demonstration)
    for question in QUESTIONS:
        recall(planner, desk, question)
    build_layer(planner, desk, FINDINGS)
