"""Scenarios: what each changes about the question, declared."""

from __future__ import annotations

from dataclasses import dataclass

from phusong.vocabulary.options import ScenarioName


@dataclass(frozen=True)
class Scenario:
    """Hold what a scenario changes.

    Parameters
    ----------
    name : of the scenario.
    shared : whether operators build from each other's nodes, ducts and poles.
    radio : whether masts, sectors, repeaters and satellites may be built.
    fibre_for_dark : whether fibre may be the first cure of a hamlet without full 4G.
    without_3g : whether hamlets are classed as if 3G were off.
    money : factor on the budget.
    """

    name: ScenarioName
    shared: bool = True
    radio: bool = True
    fibre_for_dark: bool = True
    without_3g: bool = False
    money: float = 1.0


SCENARIOS = {
    scenario.name: scenario
    for scenario in (
        Scenario(ScenarioName.BASELINE),
        Scenario(ScenarioName.NO_SHARING, shared=False),
        Scenario(ScenarioName.FIBRE_ONLY, radio=False),
        Scenario(ScenarioName.MOBILE_FIRST, fibre_for_dark=False),
        Scenario(ScenarioName.NO_3G, without_3g=True),
        Scenario(ScenarioName.LESS_MONEY, money=0.7),
        Scenario(ScenarioName.MORE_MONEY, money=1.3),
    )
}
