"""Findings as they are made: each under an identity of its own, with what hangs on it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace

from isocheck.assessment.identities import Identity
from isocheck.assessment.results import Consequence, Finding
from isocheck.terms import Grade, sort_key

__all__ = ["Findings", "Identity"]


@dataclass(slots=True)
class Findings:
    """All findings, and for each check what became of it.

    `grades` holds the grades of each check's failures, those included that hang on another finding; `roots` the
    requirement under which an absence or a consequence is reported.
    """

    by_identity: dict[Identity, Finding] = field(default_factory=dict)
    grades: dict[str, list[Grade]] = field(default_factory=lambda: defaultdict(list))
    roots: dict[str, str] = field(default_factory=dict)
    _by_requirement: dict[str, tuple[Finding, ...]] | None = None

    def add(self, finding: Finding) -> Identity:
        """Add a finding, under an identity that is unique: a second one of the same name is counted on."""
        identity = finding.identity
        count = 2
        while identity in self.by_identity:
            finding = replace(finding, item=f"{identity[3].partition(' #')[0]} #{count}".strip())
            identity, count = finding.identity, count + 1
        self.by_identity[identity] = finding
        return identity

    def hang(self, identity: Identity, consequence: Consequence) -> None:
        """List a consequence under a finding."""
        finding = self.by_identity[identity]
        self.by_identity[identity] = replace(finding, consequences=(*finding.consequences, consequence))

    def ordered_by_requirement(self) -> dict[str, tuple[Finding, ...]]:
        """Return findings by the requirement or sub-item that they are reported under; call when all are in."""
        if self._by_requirement is None:
            groups: dict[str, list[Finding]] = defaultdict(list)
            for finding in self.ordered():
                groups[finding.requirement].append(finding)
            self._by_requirement = {id_: tuple(group) for id_, group in groups.items()}
        return self._by_requirement

    def ordered(self) -> tuple[Finding, ...]:
        """Return findings by grade, then by place in the standard, then by place in the files."""
        return tuple(
            sorted(
                self.by_identity.values(),
                key=lambda finding: (
                    -finding.grade.rank,
                    sort_key(finding.requirement),
                    finding.check,
                    finding.location.file,
                    finding.location.line,
                    finding.identity,
                ),
            )
        )
