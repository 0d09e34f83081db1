"""Which role may ask what: every question and every deed, for every role, written down by hand."""

from datetime import date

import pytest

from phusong.access.actions import (
    awards,
    challenges,
    deliveries,
    erasure,
    giving,
    lots,
    replacing,
    review,
    services,
)
from phusong.access.actions import plans as kept_plans
from phusong.access.actions import reports as report_deeds
from phusong.access.faults import NotAllowed
from phusong.access.log import list_log
from phusong.access.purposes import Purpose
from phusong.access.questions import (
    audits,
    book,
    counts,
    findings,
    maps,
    names,
    pending,
    plans,
    poverty,
    pupils,
    runs,
    scenarios,
    stories,
    subsidies,
)
from phusong.access.questions import awards as given
from phusong.access.questions import challenges as reports
from phusong.ledger.money import Amount
from phusong.pipeline.challenges import Standing
from phusong.store import read_table
from phusong.vocabulary.book import Role
from phusong.vocabulary.errors import PhusongError
from phusong.vocabulary.terms import Operator


def first_hamlet(desk):
    return str(read_table(desk.folder, "hamlets")["hamlet_id"].iloc[0])


P, E, V, F, A, S, U, D, M = (
    Role.PLANNER,
    Role.EDUCATION,
    Role.OPERATOR,
    Role.FOCAL_POINT,
    Role.APPROVER,
    Role.SCHOOL,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
    Role.COMMUNE,
)
ALL, SEEING = set(Role), {P, E, V, F, A, S}
#: Those who see findings: of a commune's office its own.
FINDING = SEEING | {M}
#: No pseudonym begins so: base 32 has no nought.
NOBODY = "hs-00"
KEY = {"why": "thử", "key": "k"}
AMOUNT = Amount(vnd=1)
LOT, DAY = lots.NewLot("", "tablet", 1), "2021-09-26"
FEES = services.Fees("FIBRE", "VNPT", DAY, waiver_vnd=1)
ABOUT = {"form": "money", "source_code": "x", "purpose": "y"}
QUESTIONS = {
    "summary": (findings.ask_summary, ALL),
    "indicators": (findings.ask_indicators, FINDING),
    "history": (findings.ask_history, FINDING),
    "runs": (runs.ask_runs, SEEING),
    "comparison": (
        lambda p, d: runs.ask_comparison(p, d, 1, 1, "26", ""),
        SEEING,
    ),
    "gaps": (findings.ask_gaps, FINDING),
    "hamlets": (lambda p, d: findings.ask_places(p, d, "hamlets"), FINDING),
    "reach": (lambda p, d: findings.ask_network(p, d, "reach"), FINDING),
    "sites": (lambda p, d: findings.ask_network(p, d, "sites"), FINDING),
    "counts": (counts.ask_counts, SEEING),
    "rollout": (lambda p, d: plans.ask_plan(p, d, "rollout"), SEEING),
    "commitments": (lambda p, d: plans.ask_plan(p, d, "commitments"), {P, V}),
    "plan state": (plans.ask_plan_state, SEEING),
    "difference": (
        lambda p, d: plans.ask_difference(p, d, "baseline", "baseline"),
        {P, E, F, A, S},
    ),
    "pending": (pending.ask_pending, {P}),
    "poverty lists": (poverty.ask_poverty_lists, {M}),
    "map": (maps.ask_map_page, FINDING),
    "drawn map": (maps.ask_map, FINDING),
    "priority": (pupils.ask_priority, {E, A, S}),
    "reasons": (lambda p, d: pupils.ask_reasons(p, d, NOBODY), set()),
    "names": (names.ask_names, FINDING),
    "schools": (names.ask_schools, {E, F, S}),
    "deliveries": (deliveries.ask_deliveries, {P, E, F, M}),
    "story": (lambda p, d: stories.ask_story(p, d, NOBODY), set()),
    "scenarios": (scenarios.ask_scenarios, {P, E, F, A, S}),
    "picture": (lambda p, d: scenarios.ask_picture(p, d, "pareto.svg"), {P}),
    "workbook": (lambda p, d: scenarios.ask_workbook(p, d, Operator.VIETTEL), {P, V}),
    "queue": (review.ask_queue, {E}),
    "decisions": (review.ask_decisions, {E}),
    "record": (lambda p, d: pupils.look_at_pupil(p, d, NOBODY, Purpose.VERIFY), set()),
    "sums": (book.ask_sums, {E, F, A}),
    "contributions": (book.ask_contributions, {E, F, A}),
    "entries": (book.ask_entries, {E, F, A}),
    "windows": (book.ask_windows, {E, F, A}),
    "lots": (book.ask_lots, {E, F, A}),
    "packages": (book.ask_packages, {E, F, A}),
    "stock": (book.ask_stock, {E, F, A}),
    "awards": (given.ask_awards, {E, F, A, S}),
    "allocation": (given.ask_allocation, {E, F, A, S}),
    "promises": (book.ask_promises, SEEING),
    "subsidies": (subsidies.ask_subsidies, {E, F, A, S}),
    "refusals": (book.ask_refusals, {U}),
    "check": (book.check_book, {U}),
    "challenges": (reports.ask_challenges, FINDING),
    "log": (lambda p, d: audits.ask_log(p, d, 10), {U}),
    "looks": (audits.ask_looks, {U}),
    "accounts": (audits.ask_accounts, {D}),
}
REPORT = {"suffix": "docx", "as_of": date(2021, 9, 26), "edition": "2021"}
DEEDS = {
    "weekly": (lambda p, d: report_deeds.write_report(p, d, "weekly", **REPORT), {P, E, F, A}),
    "annex": (
        lambda p, d: report_deeds.write_report(p, d, "operator", about="VIETTEL", **REPORT),
        {P, V},
    ),
    "choose plan": (lambda p, d: kept_plans.choose_plan(p, d, "moon"), {P}),
    "withdraw plan": (lambda p, d: kept_plans.withdraw_kept_plan(p, d, "moon", why="x"), {P}),
    "deliver": (lambda p, d: deliveries.look_at_file(p, d, "schools", "csv", b""), {P, E}),
    "address": (
        lambda p, d: review.decide_addresses(p, d, "none", "H", alias=False, why="x"),
        set(),
    ),
    "approve": (lambda p, d: awards.approve_awards(p, d, [999], **KEY), set()),
    "propose": (lambda p, d: awards.propose_awards(p, d, [NOBODY], **KEY), set()),
    "pledge": (lambda p, d: giving.pledge_contribution(p, d, {}, **KEY), {E, F}),
    "receive": (lambda p, d: giving.receive_contribution(p, d, "x", AMOUNT, **KEY), {E, F}),
    "settle": (
        lambda p, d: giving.settle_contribution(p, d, "x", counts=True, **KEY),
        {E, F, A},
    ),
    "allocate": (lambda p, d: giving.allocate_money(p, d, AMOUNT, **ABOUT, **KEY), {E, F}),
    "pay": (lambda p, d: giving.pay_money(p, d, AMOUNT, **ABOUT, **KEY), {E, F}),
    "confirm": (lambda p, d: giving.confirm_money(p, d, AMOUNT, **ABOUT, **KEY), {E, F, A}),
    "reverse": (lambda p, d: giving.reverse_entry(p, d, 999, **KEY), {E, F}),
    "take lot": (lambda p, d: lots.take_lot(p, d, LOT, **KEY), {E, F}),
    "buy lot": (
        lambda p, d: lots.buy_lot(p, d, LOT, lots.Price("money", "x", 1), **KEY),
        {E, F},
    ),
    "move promise": (
        lambda p, d: services.move_promise(p, d, "C-none", "on_air", dated=DAY, **KEY),
        set(),
    ),
    "subsidise": (lambda p, d: services.subsidise_household(p, d, NOBODY, FEES, **KEY), set()),
    "end subsidy": (lambda p, d: services.end_household_subsidy(p, d, 999, **KEY), set()),
    "replace": (
        lambda p, d: replacing.replace_device(p, d, 999, "L", replacing.Fate.LOST, **KEY),
        set(),
    ),
    "propose one": (lambda p, d: replacing.propose_award(p, d, NOBODY, **KEY), set()),
    "decide": (
        lambda p, d: challenges.settle_challenge(
            p, d, 999, standing=Standing.REJECTED, note="không đúng"
        ),
        {P},
    ),
    "open account": (
        lambda p, d: audits.open_account(p, d, p, issuer="i", subject="s"),
        {D},
    ),
    "change account": (lambda p, d: audits.rescope_account(p, d, "tk-none", p), {D}),
    "revoke account": (lambda p, d: audits.revoke_account(p, d, "tk-none"), {D}),
    "erase": (lambda p, d: erasure.erase_pupil(p, d, NOBODY, why="thử"), set()),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_answered_to_those_roles_alone(desk, play, name):
    ask, meant = QUESTIONS[name]
    answered = set()
    for role in Role:
        principal = play(role)
        try:
            ask(principal, desk)
            answered.add(role)
        except NotAllowed:
            line = list_log(desk.register, last=1).iloc[0]
            assert bool(line["refused"]) and line["account_id"] == principal.account_id
    assert answered == meant


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_reaches_the_book_for_those_roles_alone(desk, play, name):
    do, meant = DEEDS[name]
    reached = set()
    for role in Role:
        try:
            do(play(role), desk)
            reached.add(role)
        except NotAllowed:
            pass
        except (PhusongError, KeyError, ValueError):
            reached.add(role)
    assert reached == meant


def test_sample_roles_are_refused_on_real_results(desk, play):
    from dataclasses import replace

    principal, real = play(P), replace(desk, demonstration=False)
    for ask in (findings.ask_summary, counts.ask_counts, maps.ask_map_page):
        with pytest.raises(NotAllowed):
            ask(principal, real)
    with pytest.raises(PhusongError):
        from phusong.access.samples import find_sample

        find_sample(real, P)
