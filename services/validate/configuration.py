"""What an office sets in the rule set: severities, thresholds, report years, rules switched off, what it asks for locally."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from services.validate.ruleset import RULESET
from services.validate.threshold import Threshold
from shared.model.finding import Severity
from shared.model.judgement import Ruleset
from shared.model.number import Number, as_json

_GRAVITY: dict[Severity, int] = {"I": 0, "W": 1, "E": 2}


@dataclass(frozen=True, slots=True)
class Years:
    """The report years that a rule is for, first and last included; None: open at that end."""

    first: int | None = None
    last: int | None = None

    def __contains__(self, year: int) -> bool:
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)


@dataclass(frozen=True, slots=True)
class LocalItem:
    """What an office asks every report to tell beyond the national format: its name, and words of which one must stand there."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Configuration:
    """What is set otherwise than in the rules themselves, and known to be valid; without anything, the rules as they are."""

    version: str | None = None
    severities: Mapping[str, Severity] = field(default_factory=dict)
    thresholds: Mapping[tuple[str, str], Number] = field(default_factory=dict)
    years: Mapping[str, Years] = field(default_factory=dict)
    off: frozenset[str] = frozenset()
    local: tuple[LocalItem, ...] = ()

    @cached_property
    def ruleset(self) -> Ruleset:
        """The rules with what is set here: both versions, and a hash over the rules and everything that is set."""
        if self == AS_WRITTEN:
            return RULESET
        digest = hashlib.sha256(f"{RULESET.hash}\0{self._canonical()}".encode()).hexdigest()
        return Ruleset(f"{RULESET.version}+{self.version}", digest)

    def threshold(self, threshold: Threshold) -> Number:
        """Return what a rule compares with: the figure set, else its own."""
        return self.thresholds.get((threshold.rule, threshold.name), threshold.default)

    def severity(self, rule: str, own: Severity | None, found: Severity | None) -> Severity | None:
        """Return how grave a finding is: as set, but one that is milder by itself stays milder.

        `own`: the rule's; `found`: that of the finding by itself, None where it is the rule's.
        """
        limit = self.severities.get(rule)
        if limit is None or found is None:
            return limit or found or own
        return min((limit, found), key=_GRAVITY.__getitem__)

    def _canonical(self) -> str:
        """Return everything that is set as one text, the same however the file was written."""
        return json.dumps(
            {
                "version": self.version,
                "severities": sorted(self.severities.items()),
                "thresholds": sorted((*key, as_json(number)) for key, number in self.thresholds.items()),
                "years": sorted((rule, years.first, years.last) for rule, years in self.years.items()),
                "off": sorted(self.off),
                "local": [(each.name, each.words) for each in self.local],
            },
            ensure_ascii=False,
        )


AS_WRITTEN = Configuration()
"""Nothing set: the rules as they are written."""
