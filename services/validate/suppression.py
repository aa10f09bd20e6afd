"""Root causes before their consequences, in what concerns tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from services.validate.rule import Diagnosis, Rule, Unchecked, Violation
from shared.model.cell import TableNumber
from shared.model.finding import CellPlace, Place
from shared.model.judgement import Failure


@dataclass(frozen=True)
class Trial:
    """One rule tried on one report: what it said, or how it failed. `ran` is False where it could not look at anything."""

    rule: Rule
    violations: tuple[Violation, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    failure: Failure | None = None
    ran: bool = True


def suppressed(trials: Sequence[Trial]) -> tuple[Trial, ...]:
    """Return the trials without what only follows from a finding of another rule."""
    return _give_way(_withhold(trials))


def _table(places: Iterable[Place]) -> TableNumber | None:
    return next((place.table for place in places if isinstance(place, CellPlace)), None)


def _found_on(trial: Trial) -> set[TableNumber | None]:
    return {_table(violation.places) for violation in trial.violations}


def _withhold(trials: Sequence[Trial]) -> tuple[Trial, ...]:
    """Withhold what the families that use a table say of one whose rows are incomplete: nothing there is certain.

    What the prose says against itself stays.
    """
    withheld = {
        (family, table)
        for trial in trials
        for family in trial.rule.suppresses
        for table in _found_on(trial)
        if table is not None
    }
    return tuple(_withheld(trial, withheld) for trial in trials) if withheld else tuple(trials)


def _withheld(trial: Trial, withheld: set[tuple[str, TableNumber]]) -> Trial:
    tables = [table for table in trial.rule.tables if (trial.rule.family, table) in withheld]
    if not tables or not trial.ran:
        return trial
    violations = tuple(each for each in trial.violations if _table(each.places) not in tables)
    return replace(
        trial,
        violations=violations,
        unchecked=(
            *(each for each in trial.unchecked if _table(each.places) not in tables),
            *(Unchecked("row_incomplete", (CellPlace(table),)) for table in tables),
        ),
        diagnoses=(),
        ran=bool(violations) or len(tables) < len(trial.rule.tables),
    )


def _give_way(trials: Sequence[Trial]) -> tuple[Trial, ...]:
    """Drop a series of findings on rows where one finding says the same of the whole table."""
    replaced = {
        (rule, table)
        for trial in trials
        if trial.rule.replaces and trial.violations
        for rule in trial.rule.replaces
        for table in _found_on(trial)
    }
    if not replaced:
        return tuple(trials)
    return tuple(
        replace(
            trial,
            violations=tuple(v for v in trial.violations if (trial.rule.id, _table(v.places)) not in replaced),
        )
        for trial in trials
    )
