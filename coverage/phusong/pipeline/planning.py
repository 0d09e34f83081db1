"""The rollout of one ground under one scenario: chosen, timed, and checked."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from phusong.pipeline.chatter import divert_output
from phusong.pipeline.choices import Choices, add_forests, grow_one, lay_choices
from phusong.pipeline.grounds import Ground
from phusong.plans.rollout import Plan, plan_rollout
from phusong.plans.scenarios import Scenario
from phusong.plans.trenches import Forest
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.options import CABINET, OptionKind

#: Plans made at most before the last one stands. Each feeds a cheaper forest back, as columns of the list.
ROUNDS = 12


@dataclass(frozen=True)
class Money:
    """Hold what may be spent, and when.

    Parameters
    ----------
    waves : number of waves, one a year; None: as the parameters say.
    budget_vnd : for all waves and operators together; None: the least that reaches everybody who can be
        reached.
    by_operator : operator → what it can spend in all waves together; those not named are not held.
    """

    waves: int | None = None
    budget_vnd: float | None = None
    by_operator: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check the numbers.

        Raises
        ------
        ParameterFault
            If there is no wave, or a budget is below nothing.
        """
        if self.waves is not None and self.waves < 1:
            raise ParameterFault(f"--years {self.waves}: plan for one year or more")
        for name, sum_ in {"--budget": self.budget_vnd, **self.by_operator}.items():
            if sum_ is not None and sum_ < 0:
                raise ParameterFault(f"{name} {sum_:.0f}: a budget is 0 or more")

    def count_waves(self, ground: Ground) -> int:
        """Return the number of waves on a ground.

        Parameters
        ----------
        ground : what to plan on.
        """
        return self.waves or int(ground.parameters.rollout.number("waves"))

    def scale(self, base_vnd: float, factor: float) -> Money:
        """Return the money with every budget scaled.

        Parameters
        ----------
        base_vnd : the common budget before it is scaled [VND].
        factor : by which all are multiplied.
        """
        own = {name: sum_ * factor for name, sum_ in self.by_operator.items()}
        return Money(self.waves, base_vnd * factor, own)


@dataclass(frozen=True)
class Outcome:
    """Hold a plan with what it was chosen from.

    Parameters
    ----------
    choices : what it was chosen from; every cheaper forest that the checks found is among its forests.
    plan : the plan.
    check : the trenches to those whom the plan gives fibre, found once more for them alone; no cheaper than
        the plan's own, unless `ROUNDS` checks were not enough.
    """

    choices: Choices
    plan: Plan
    check: list[Forest] = field(default_factory=list)

    @property
    def scenario(self) -> Scenario:
        """Return the scenario under which it was made."""
        return self.choices.scenario


def make_plan(ground: Ground, scenario: Scenario, money: Money) -> Outcome:
    """Return the rollout under a scenario, no dearer than any forest that a check of it finds.

    Parameters
    ----------
    ground : what to plan on.
    scenario : what is changed about the question.
    money : what may be spent, and when.

    Raises
    ------
    ParameterFault
        If the question cannot be answered, with why.
    """
    whole = solve_checked(ground, lay_choices(ground, scenario), Money(money.waves))
    if money == Money(money.waves):
        return whole
    return solve_checked(ground, whole.choices, money)


def solve_checked(ground: Ground, choices: Choices, money: Money) -> Outcome:
    """Return what is built of the choices, and of the cheaper forests that checks of the plan find.

    Column generation: the plan is solved over the listed forests; the hamlets that it gives fibre are joined
    once more for themselves alone; a cheaper forest is listed too, and the plan solved anew, until none is.

    Parameters
    ----------
    ground, choices, money : see `choose_plan`.
    """
    for number in range(1, ROUNDS + 1):
        plan = choose_plan(ground, choices, money)
        check = _check_trenches(ground, choices, plan, f"check-{len(choices.forests)}")
        if not _is_cheaper(check, plan) or number == ROUNDS:
            break
        choices = add_forests(choices, check)
    return Outcome(choices, plan, check)


def _explain_empty_plan(choices: Choices) -> str:
    """Return why there is nothing to plan: nobody lacks anything, or nobody knows what is lacking."""
    reason = (
        "there is nothing to plan: no option connects any hamlet that is known to lack something"
    )
    if not choices.unknown:
        return reason
    return (
        f"{reason}; of {len(choices.unknown)} hamlets nobody knows what they lack → add sources of kind "
        "`cells`, `fibre_nodes` or `claims`"
    )


def choose_plan(ground: Ground, choices: Choices, money: Money) -> Plan:
    """Return what is built of the choices with the money.

    Parameters
    ----------
    ground, money : see `make_plan`.
    choices : from `lay_choices`.

    Raises
    ------
    ParameterFault
        If nothing can be planned, promises and money cannot be brought together, or an operator is not known.
    """
    if choices.facilities.pieces.empty:
        raise ParameterFault(_explain_empty_plan(choices))
    known = set(choices.facilities.pieces["operator"])
    strange = sorted(set(money.by_operator) - known)
    if strange:
        raise ParameterFault(
            f"{', '.join(strange)} builds nothing here; there are: {', '.join(sorted(known))}"
        )
    rollout = ground.parameters.rollout
    waves = money.count_waves(ground)
    kept = {piece: due for piece, due in choices.promised.items() if due < waves}
    try:
        with divert_output():
            return plan_rollout(
                choices.hamlets,
                choices.facilities,
                waves=waves,
                budget_vnd=money.budget_vnd,
                budgets_vnd=money.by_operator,
                kept=kept,
                commune_floor=rollout.number("commune_floor"),
                gap=rollout.number("mip_gap"),
            )
    except ValueError as fault:
        raise ParameterFault(f"no plan: {fault}") from fault


def _check_trenches(ground: Ground, choices: Choices, plan: Plan, name: str) -> list[Forest]:
    """Return the trenches for those whom the plan gives fibre, found for them alone.

    Where operators share, one forest from everybody's nodes; else one for each builder and its hamlets.
    """
    pieces = plan.hamlets.set_index("hamlet_id")["piece"]
    piece = choices.hamlets["hamlet_id"].map(pieces).fillna("")
    dug = piece.str.contains(CABINET, regex=False).to_numpy(dtype=bool)
    if not dug.any() or ground.nodes.empty:
        return []
    if choices.scenario.shared:
        wanted: dict[str | None, np.ndarray] = {None: dug}
    else:
        builder = piece.map(plan.pieces.set_index("piece")["operator"])
        builders = sorted(set(builder[dug]))
        wanted = {one: dug & (builder == one).to_numpy() for one in builders}
    return [
        grow_one(ground, choices.hamlets, choices.ways, mask, f"{name}-{one or 'shared'}", one)
        for one, mask in wanted.items()
    ]


def _is_cheaper(check: list[Forest], plan: Plan) -> bool:
    """Return whether the checks dig for less than the plan does, by a đồng or more."""
    pieces = plan.pieces
    fibre = (pieces["kind"] == OptionKind.FIBRE) & ~pieces["piece"].str.contains(
        CABINET, regex=False
    )
    dug = float(pieces.loc[fibre, "cost_vnd"].sum())
    return bool(check) and sum(forest.cost_vnd for forest in check) <= dug - 1.0
