"""Invented assessments for the tests of reports: `fabricated`, `many` and `empty`.

The firm, its people and its gaps do not exist. Texts hold on purpose what a careless report would pass on: HTML,
pipes, backticks, stars, quotes, formulas, control characters (ESC, bell, a right-to-left override), other scripts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from isocheck.assessment.results import (
    Assessment,
    CheckResult,
    ClauseResult,
    Consequence,
    Counts,
    Documented,
    DocumentedRow,
    Engagement,
    ExclusionRow,
    Extent,
    Finding,
    Judgement,
    Nothing,
    Organisation,
    RegisterRow,
    RequirementResult,
    SectionResult,
    Seen,
    Source,
    Standard,
    Summary,
    WeakClause,
    count,
    gaps_of,
)
from isocheck.location import Location
from isocheck.terms import Grade, Verdict, sort_key

AS_OF = date(2026, 10, 30)
ESCAPE = "\x1b[31mred\x1b[0m"
"""What must never reach a terminal as it stands."""
OUTSIDE = frozenset({"8.5.1-g"})
"""Requirements outside the engagement."""

C, D, MINOR, MAJOR = Verdict.CONFORMING, Verdict.DESCRIBED, Verdict.MINOR, Verdict.MAJOR


def at(file: str, line: int = 0, column: int = 1, length: int = 8) -> Location:
    """A place in a text file."""
    return Location(file, line, column, line, column + length) if line else Location(file)


def cell(file: str, sheet: str, name: str, line: int, column: int) -> Location:
    """A place in a workbook."""
    return Location(file, line, column, line, column + 1, sheet, name)


def check(
    name: str,
    kind: str,
    tests: str,
    message: str = "",
    extent: Extent | None = None,
    *,
    failed: bool = False,
    grade: Grade = Grade.MINOR,
    nothing: Nothing | None = None,
    root: str | None = None,
) -> CheckResult:
    """A check's answer: passed unless it says otherwise."""
    return CheckResult(
        name=name,
        kind=kind,
        tests=tests,
        plain=f"Looks whether {tests}.",
        grade=grade,
        outcome="nothing" if nothing else "failed" if failed else "passed",
        nothing=nothing,
        message=message,
        extent=extent or Extent(),
        root=root,
    )


def requirement(
    id_: str,
    verdict: Verdict,
    statement: str,
    reason: str,
    *,
    documented: Documented | None = None,
    qualifier: str = "",
    stage: int = 1,
    evidence: tuple[str, ...] = (),
    questions: tuple[str, ...] = (),
    judge: str = "",
    remedy: str = "",
    checks: tuple[CheckResult, ...] = (),
    seen: tuple[Seen, ...] = (),
    findings: tuple[Finding, ...] = (),
    judgement: Judgement | None = None,
    items: tuple[RequirementResult, ...] = (),
) -> RequirementResult:
    """A requirement with its verdict."""
    return RequirementResult(
        id_,
        id_.partition("-")[0],
        statement,
        verdict,
        reason,
        documented,
        qualifier,
        stage,
        evidence,
        questions,
        judge,
        remedy,
        checks,
        seen,
        findings,
        judgement,
        items,
    )


def clause(
    id_: str,
    title: str,
    *requirements: RequirementResult,
    titled: bool = True,
    short: str = "",
    intent: str = "",
) -> ClauseResult:
    """A clause with the gravest verdict of its requirements."""
    counts = _counts(requirements)
    return ClauseResult(id_, title, titled, short or title, intent, _gravest(requirements), counts, tuple(requirements))


def section(id_: str, title: str, *clauses: ClauseResult) -> SectionResult:
    """A section with the counts of its clauses."""
    return SectionResult(id_, title, _counts(r for c in clauses for r in c.requirements), tuple(clauses))


_GRAVITY = (
    Verdict.MAJOR,
    Verdict.NOT_DESCRIBED,
    Verdict.MINOR,
    Verdict.UNASSESSED,
    Verdict.NOT_YET,
    Verdict.DESCRIBED,
    Verdict.CONFORMING,
    Verdict.NOT_APPLICABLE,
)


def _gravest(requirements: Iterable[RequirementResult]) -> Verdict | None:
    return min((r.verdict for r in requirements), key=_GRAVITY.index, default=None)


def _counts(requirements: Iterable[RequirementResult]) -> Counts:
    held = tuple(requirements)
    return count((r.verdict for r in held), sum(r.id in OUTSIDE for r in held))


def _all_findings(requirements: Iterable[RequirementResult]) -> Iterator[Finding]:
    for each in requirements:
        yield from each.findings
        yield from _all_findings(each.items)


def assemble(
    sections: tuple[SectionResult, ...],
    *,
    organisation: Organisation,
    source: Source,
    engagement: Engagement | None = None,
    sentences: tuple[str, ...] = (),
    next_steps: tuple[str, ...] = (),
    exclusions: tuple[ExclusionRow, ...] = (),
    limits: tuple[str, ...] = (),
    intervals: tuple[tuple[str, str, str], ...] = (),
    amendments: tuple[str, ...] = ("Amd 1:2024",),
) -> Assessment:
    """An assessment whose numbers, findings and matrix are drawn from its sections."""
    clauses = [c for s in sections for c in s.clauses]
    requirements = [r for c in clauses for r in c.requirements]
    findings = sorted(
        _all_findings(requirements), key=lambda f: (-f.grade.rank, sort_key(f.requirement), f.location, f.entry)
    )
    grades = Counter(f.grade for f in findings)
    gaps = Counter(gap.first.grade for gap in gaps_of(findings))
    applicable = [c for c in clauses if c.requirements and c.counts.applicable]
    shares = [c.counts.met / c.counts.applicable for c in applicable]
    weakest = sorted(applicable, key=lambda c: (c.counts.met / c.counts.applicable, sort_key(c.id)))[:3]
    return Assessment(
        version="0.1.0",
        standard=Standard("iso9001-2015", "ISO 9001", "2015", amendments, "high"),
        as_of=AS_OF,
        organisation=organisation,
        engagement=engagement or Engagement(),
        source=source,
        summary=Summary(
            counts=_counts(requirements),
            clauses=count(c.verdict for c in clauses if c.verdict),
            gaps=tuple((grade, gaps[grade]) for grade in reversed(Grade)),
            findings=tuple((grade, grades[grade]) for grade in reversed(Grade)),
            weakest=tuple(WeakClause(c.id, c.title, c.counts.met, c.counts.applicable) for c in weakest),
            clause_mean=sum(shares) / len(shares) if shares else None,
            sentences=sentences,
            next_steps=next_steps,
        ),
        sections=sections,
        findings=tuple(findings),
        documented=tuple(
            DocumentedRow(r.id, c.title, r.documented, r.verdict, r.seen)
            for c in clauses
            for r in c.requirements
            if r.documented
        ),
        exclusions=exclusions,
        limits=limits,
        intervals=intervals,
    )


CLIMATE = Finding(
    requirement="4.1-s3",
    check="decided",
    kind="absent",
    register="climate",
    entry="",
    item="",
    grade=Grade.MINOR,
    because="an answer is missing, and the answer “not relevant” would do",
    message="No entry says whether climate change is a relevant issue",
    tests="climate change was weighed",
    remedy="Decide whether climate change matters to what you make and how; write down who answered, and when.",
    extent=Extent(),
    location=at("isocheck.yaml"),
)
JUSTIFIED = Finding(
    requirement="4.3-s1",
    check="contradicted",
    kind="holds",
    register="scope",
    entry="8.3",
    item="exclusions 1",
    grade=Grade.MAJOR,
    because="the description shows the activity that was excluded",
    message="8.3 is excluded, yet designs/D1 “Gripper <b>GX|4</b>” was released on 2026-04-02",
    tests="nothing is left out that touches conformity",
    remedy="Take clause 8.3 back into the scope, and assess the design of the gripper `GX|4` against it.",
    extent=Extent(1, 2, 2),
    location=at("scope.yaml", 14, 5, 6),
)
BOUNDARY = Finding(
    requirement="4.3-c",
    check="products",
    kind="fills",
    register="scope",
    entry="",
    item="products",
    grade=Grade.MINOR,
    because="the default grade of a field that is empty",
    message='The scope names no products; the field holds the placeholder "TBD"',
    tests="products and services are named",
    remedy="Name the products and services to which the system applies.",
    extent=Extent(1, 1, 1, 1),
    location=at("scope.yaml", 9, 3),
)
REVIEWED = Finding(
    requirement="4.3-b",
    check="considers",
    kind="contains",
    register="scope",
    entry="",
    item="",
    grade=Grade.OPPORTUNITY,
    because="good practice beyond the words of the requirement",
    message="The scope does not say which interested parties it considers",
    tests="needs of interested parties were considered",
    remedy="Name in the scope the parties whose needs it answers.",
    extent=Extent(1, 1, 1),
    location=at("scope.yaml", 3, 3),
)
PROPERTY = Finding(
    requirement="8.5.3-s2",
    check="reported",
    kind="integrity",
    register="property",
    entry="P-7*",
    item="",
    grade=Grade.MINOR,
    because="a reference that leads nowhere is no evidence",
    message=f"P-7*: owner “Kjær & Søn A/S” is not in interested_parties; note: {ESCAPE}\x07, \u202egnp.exe",
    tests="the owner is told",
    remedy="Add the owner to `interested_parties`, or correct the reference.\nThen tell the owner what happened.",
    extent=Extent(1, 12, 8000, 3),
    location=cell("registers/property of others.xlsx", "Property", "D8", 8, 4),
)
PROCESS = Finding(
    requirement="8.5.1-a",
    check="results",
    kind="fills",
    register="production",
    entry="TURN-04",
    item="results_to_achieve",
    grade=Grade.MINOR,
    because="one of 31 products, and the drawing is at the machine",
    message="production/TURN-04: no results to be achieved",
    tests="the results to be achieved are available",
    remedy="Write the tolerances into the traveller.",
    extent=Extent(1, 31, 31),
    location=at("operation/production.yaml", 88, 3, 7),
)
NO_AUDIT = Finding(
    requirement="9.2.2-a",
    check="recent",
    kind="exists",
    register="audits",
    entry="A2",
    item="",
    grade=Grade.MAJOR,
    because="past 18 months there is no evidence that the system checks itself",
    message="Newest internal audit: 2025-03-14, 19 months ago; your interval: 12 months",
    tests="audits take place at planned intervals",
    remedy="Audit all twelve processes before the end of January, those with major gaps first, by somebody who "
    "does not work in them. Plan the year after that with the risks, the changes and the results of earlier "
    "audits in view, so that no process waits longer than your own interval allows.",
    extent=Extent(1, 1, 3),
    location=at("audits.yaml", 31, 3, 2),
    lapse="past",
    consequences=(
        Consequence("9.2.2-b", "criteria", "No audit of the period states criteria and scope"),
        Consequence("9.2.2-e", "followed", "No audit of the period could be followed up"),
        Consequence("9.3.2-c6", "treated", "Audit results | could not reach the *management review*"),
    ),
)
OWN_WORK = Finding(
    requirement="9.2.2-c",
    check="impartial",
    kind="compare",
    register="audits",
    entry="A2",
    item="auditors 1",
    grade=Grade.MINOR,
    because="one auditor of four",
    message="audits/A2: Åsa Lindqvist audited PR1 “Drehen & Fräsen”, her own work",
    tests="auditors are impartial",
    remedy="Let somebody else audit the process; in a firm this small, swap with a neighbour.",
    extent=Extent(1, 4, 4),
    location=at("audits.yaml", 34, 17, 13),
)
REPORTED = Finding(
    requirement="9.2.2-d",
    check="reported",
    kind="ordered",
    register="audits",
    entry="A1",
    item="",
    grade=Grade.MINOR,
    because="your own interval was overrun, once",
    message="audits/A1: reported on 2025-06-01, 79 days after the audit; your interval: 30 days",
    tests="results reach the managers concerned",
    remedy="Send the report within the month; tick it off in the programme.",
    extent=Extent(1, 3, 3),
    location=at("audits.yaml", 12, 3, 2),
    lapse="own",
)
INPUTS = Finding(
    requirement="9.3.2-c4",
    check="treated",
    kind="contains",
    register="management_reviews",
    entry="MR-2026",
    item="",
    grade=Grade.MINOR,
    because="one topic of eleven",
    message="Review of 2026: nonconformities and corrective actions (c 4) not treated",
    tests="taken into account",
    remedy="Take the list of nonconformities into the next review, or add a page to the minutes.",
    extent=Extent(1, 1, 4),
    location=at("management_reviews.yaml", 4, 3, 6),
)
SPACED = Finding(
    requirement="9.3.2-f",
    check="ahead",
    kind="spaced",
    register="management_reviews",
    entry="MR-2026",
    item="",
    grade=Grade.OPPORTUNITY,
    because="only a default of the pack is overrun, not an interval of your own",
    message="13 months between two reviews; default interval: 12 months",
    tests="reviews take place at planned intervals",
    remedy="Set an interval of your own in isocheck.yaml.",
    extent=Extent(1, 3, 4),
    location=at("management_reviews.yaml", 4, 3, 6),
    lapse="default",
)
NO_DUTY = Finding(
    requirement="9.3.2-e",
    check="risks",
    kind="covers",
    register="risks",
    entry="",
    item="",
    grade=Grade.OPPORTUNITY,
    because="a risk need not come up in every review",
    message="=cmd|'/c calc'!A1 is the name of risk R3; it never came up in a review",
    tests="actions on risks are reviewed",
    remedy="Put the five highest risks on the agenda.",
    extent=Extent(2, 9, 9),
    location=at("risks.csv", 4, 1, 2),
)


def _context() -> SectionResult:
    judged = Judgement(C, "Discussed with the board; minutes of 9 January seen.", "Joy Okafor", date(2026, 10, 27))
    return section(
        "4",
        "Context of the organization",
        clause(
            "4.1",
            "Understanding the organization and its context",
            requirement(
                "4.1-s1",
                C,
                "Know which issues inside and outside bear on purpose and direction.",
                "1 check passed; judged as met by Joy Okafor on 27 October 2026",
                checks=(check("internal", "exists", "issues inside are known", "9 issues", Extent(0, 9, 9)),),
                seen=(Seen("issues/I1", "Two of five setters retire in 2027", at("issues.yaml", 2, 3)),),
                judgement=judged,
            ),
            requirement(
                "4.1-s2",
                D,
                "Keep watching those issues and look at them again.",
                "2 checks passed on 9 entries",
                questions=("When did you last look at these issues, and what made you do it?",),
                checks=(
                    check("watched", "current", "issues are reviewed", "9 of 9 in time", Extent(0, 9, 9)),
                    check("answered", "covers", "issues reach the risks", "no occasion", nothing="no occasion"),
                ),
                seen=(
                    Seen("issues/I1", "reviewed 2026-02-01", at("issues.yaml", 2, 3)),
                    Seen("issues/I2", "reviewed 2026-02-01", at("issues.yaml", 9, 3)),
                ),
            ),
            requirement(
                "4.1-s3",
                Verdict.NOT_DESCRIBED,
                "Decide whether climate change is a relevant issue.",
                "No entry in climate",
                judge="Ask for the reasons behind the answer.",
                remedy=CLIMATE.remedy,
                checks=(check("decided", "exists", CLIMATE.tests, CLIMATE.message, nothing="absent"),),
                findings=(CLIMATE,),
            ),
            short="Context",
            intent="The system fits the firm only if somebody knows what the firm is up against.",
        ),
        clause(
            "4.3",
            "Determining the scope of the quality management system",
            requirement(
                "4.3-a",
                C,
                "Take the issues of 4.1 into account.",
                "Judged as met by Joy Okafor on 27 October 2026",
                judgement=replace(judged, note="Scope and issues match.\nSite plan | seen."),
            ),
            requirement(
                "4.3-b",
                D,
                "Take the needs of interested parties into account.",
                "1 check passed; one opportunity",
                checks=(
                    check("parties", "exists", "parties are known", "6 parties", Extent(0, 6, 6)),
                    check(
                        "considers",
                        "contains",
                        REVIEWED.tests,
                        REVIEWED.message,
                        Extent(1, 1, 1),
                        failed=True,
                        grade=Grade.OPPORTUNITY,
                    ),
                ),
                findings=(REVIEWED,),
            ),
            requirement(
                "4.3-c",
                MINOR,
                "Take products and services into account.",
                "products fails; 1 of 1",
                remedy=BOUNDARY.remedy,
                checks=(check("products", "fills", BOUNDARY.tests, BOUNDARY.message, Extent(1, 1, 1, 1), failed=True),),
                findings=(BOUNDARY,),
            ),
            requirement(
                "4.3-s1",
                MAJOR,
                "Justify each requirement that does not apply.",
                "contradicted fails; judged as major too",
                documented=Documented("maintain", "Scope with the justification of each exclusion", "always"),
                evidence=("Scope in the manual", "Decision of the board"),
                questions=("Who decides what a customer's gripper looks like?",),
                judge="Look whether customers order what was excluded.",
                remedy=JUSTIFIED.remedy,
                checks=(
                    check(
                        "contradicted",
                        "holds",
                        JUSTIFIED.tests,
                        JUSTIFIED.message,
                        Extent(1, 2, 2),
                        failed=True,
                        grade=Grade.MAJOR,
                    ),
                ),
                seen=(Seen("documents/QM-01", "QM-01 Scope.md, version 4", at("documents.csv", 2, 1)),),
                findings=(JUSTIFIED,),
                judgement=Judgement(
                    MAJOR, "The drawing <GX|4> is signed by the firm's own `designer`.", "Joy Okafor", AS_OF
                ),
            ),
            short="Scope",
        ),
    )


def _operation() -> SectionResult:
    return section(
        "8",
        "Operation",
        clause("8.5", "Production and service provision", short="Production"),
        clause(
            "8.5.1",
            "Control of production and service provision",
            requirement(
                "8.5.1-a",
                MINOR,
                "Have at hand what is made and what results are to be achieved.",
                "results fails; 1 of 31",
                documented=Documented("available", "What is made, and the results to be achieved", "as applicable"),
                qualifier="as applicable",
                stage=2,
                remedy=PROCESS.remedy,
                checks=(check("results", "fills", PROCESS.tests, PROCESS.message, PROCESS.extent, failed=True),),
                findings=(PROCESS,),
            ),
            requirement(
                "8.5.1-f",
                Verdict.NOT_APPLICABLE,
                "Prove processes whose output cannot be verified afterwards.",
                "Excluded in the scope: every output is measured",
            ),
            requirement(
                "8.5.1-g",
                Verdict.UNASSESSED,
                "Keep people from making mistakes.",
                "Outside the engagement",
                judge="Walk through the shop.",
            ),
            short="Controlled production",
        ),
        clause(
            "8.5.3",
            "Property belonging to customers or external providers",
            requirement(
                "8.5.3-s1",
                D,
                "Take care of what belongs to others.",
                "1 check passed on 9 of 12 entries",
                checks=(check("kept", "fills", "property is marked", "9 of 12 looked at", Extent(0, 9, 12, 3)),),
                seen=(Seen("property/P-1", "Gauge | 25 H7", at("property.csv", 2)),),
            ),
            requirement(
                "8.5.3-s2",
                MINOR,
                "Tell the owner what was lost, damaged or found unsuitable.",
                "A reference leads nowhere",
                documented=Documented("retain", "What happened to property", "on occurrence"),
                checks=(
                    check("reported", "integrity", PROPERTY.tests, PROPERTY.message, PROPERTY.extent, failed=True),
                ),
                findings=(PROPERTY,),
            ),
            requirement(
                "8.5.3-s3",
                Verdict.NOT_YET,
                "Keep a record of what happened.",
                "Declared: no loss in 2026",
                documented=Documented("retain", "Lost, damaged or unsuitable property", "on occurrence"),
            ),
            short="Others’ property",
        ),
    )


def _evaluation() -> SectionResult:
    follows = "9.2.2-a"
    return section(
        "9",
        "Performance evaluation",
        clause("9.2", "Internal audit"),
        clause(
            "9.2.2",
            "Audit programme",
            requirement(
                "9.2.2-a",
                MAJOR,
                "Plan and run an audit programme.",
                "recent fails; 3 requirements follow",
                documented=Documented("retain", "Audit programme and audit results", "always"),
                evidence=("Programme", "Audit reports"),
                questions=("How did you choose the order?", "Who audits the auditor's own process?"),
                remedy=NO_AUDIT.remedy,
                checks=(
                    check(
                        "recent",
                        "exists",
                        NO_AUDIT.tests,
                        NO_AUDIT.message,
                        NO_AUDIT.extent,
                        failed=True,
                        grade=Grade.MAJOR,
                    ),
                ),
                findings=(NO_AUDIT,),
            ),
            requirement(
                "9.2.2-b",
                Verdict.NOT_DESCRIBED,
                "State criteria and scope of each audit.",
                "Follows from 9.2.2 a)",
                checks=(check("criteria", "fills", "criteria are stated", nothing="absent", root=follows),),
            ),
            requirement(
                "9.2.2-c",
                MINOR,
                "Choose auditors who are impartial.",
                "impartial fails; 1 of 4",
                checks=(check("impartial", "compare", OWN_WORK.tests, OWN_WORK.message, Extent(1, 4, 4), failed=True),),
                findings=(OWN_WORK,),
            ),
            requirement(
                "9.2.2-d",
                MINOR,
                "Report results to the managers concerned.",
                "reported fails; 1 of 3",
                checks=(check("reported", "ordered", REPORTED.tests, REPORTED.message, Extent(1, 3, 3), failed=True),),
                findings=(REPORTED,),
                judgement=Judgement(C, "Seen in the mailbox.", "Joy Okafor", date(2026, 10, 28)),
            ),
            requirement(
                "9.2.2-e",
                Verdict.NOT_DESCRIBED,
                "Correct and act without undue delay.",
                "Follows from 9.2.2 a)",
                checks=(check("followed", "fills", "findings are followed up", nothing="blank", root=follows),),
            ),
            requirement(
                "9.2.2-f",
                C,
                "Keep evidence of the programme and its results.",
                "Judged as met by Joy Okafor on 28 October 2026",
                documented=Documented("retain", "Evidence of programme and results", "always"),
                seen=(
                    Seen("audits/A1", "Audit report 2024 | Ö", at("audits.yaml", 12, 3)),
                    Seen("records/R9", "Audit reports", at("records.yaml", 40, 3)),
                ),
                judgement=Judgement(C, "", "Joy Okafor", date(2026, 10, 28)),
            ),
            titled=False,
            short="Audit programme",
            intent="Somebody looks, at planned intervals, whether the system does what it says.",
        ),
        clause(
            "9.3.2",
            "Management review inputs",
            requirement("9.3.2-a", D, "Look at actions of earlier reviews.", "1 check passed"),
            requirement("9.3.2-b", D, "Look at changes in issues.", "1 check passed"),
            requirement(
                "9.3.2-c",
                MINOR,
                "Look at how the system performs and at trends.",
                "c 4 fails",
                items=(
                    requirement("9.3.2-c1", D, "Satisfaction of customers.", "1 check passed"),
                    requirement(
                        "9.3.2-c4",
                        MINOR,
                        "Nonconformities and corrective actions.",
                        "treated fails; 1 of 1",
                        remedy=INPUTS.remedy,
                        checks=(
                            check("treated", "contains", INPUTS.tests, INPUTS.message, Extent(1, 1, 4), failed=True),
                        ),
                        findings=(INPUTS,),
                    ),
                ),
            ),
            requirement("9.3.2-d", Verdict.UNASSESSED, "Look at resources.", "No check can see it; not yet judged"),
            requirement("9.3.2-e", D, "Look at what became of risks.", "1 check passed", findings=(NO_DUTY,)),
            requirement("9.3.2-f", C, "Look for opportunities.", "Judged as met", findings=(SPACED,)),
            short="Review inputs",
        ),
    )


def fabricated() -> Assessment:
    """A small assessment of a machine shop that does not exist; everything that a report may meet occurs in it."""
    return assemble(
        (_context(), _operation(), _evaluation()),
        organisation=Organisation(
            name="Brännström & Töchter <Präzision> AB",
            description="Turns and mills parts to customers' drawings",
            employees="46",
            sites=("Örebro", "Łódź"),
            products=("Turned parts", "Grippers | GX"),
            scope="Turning, milling and hardening of parts to customers’ drawings",
            boundaries="Both halls in Örebro; the office in Łódź",
        ),
        engagement=Engagement(sites=("Örebro",), processes=("PR1", "PR2"), clauses=("4", "8.5", "9")),
        source=Source(
            root="qms",
            files=(
                "audits.yaml",
                "isocheck.yaml",
                "issues.yaml",
                "registers/property of others.xlsx",
                "scope.yaml",
            ),
            skipped=(".github/workflows/ci.yaml",),
            registers=(
                RegisterRow("issues", "Issues", 9),
                RegisterRow("property", "Property of others", 12),
                RegisterRow("audits", "Audits", 3),
                RegisterRow("climate", "Climate change", 0),
            ),
        ),
        sentences=(
            "Of 23 applicable requirements, 10 are described or conforming; a person has confirmed 4 of these.",
            "Two gaps could be raised as major: a design left out of the scope, no internal audit for 19 months.",
            "The weakest clause is 8.5.1, which has a gap in its only requirement.",
        ),
        next_steps=(
            "Audit all twelve processes; three more requirements fall with the missing audit.",
            "Take clause 8.3 back into the scope.",
            "Decide about climate change; one line answers it.",
        ),
        exclusions=(
            ExclusionRow(
                "8.5.1-f",
                "Control of production and service provision",
                "Every output is measured | 100 %",
                "A. Brännström, 2026-01-09",
                accepted=True,
                remark="Nothing in the description contradicts it",
                location=at("scope.yaml", 18, 5),
            ),
            ExclusionRow(
                "8.3",
                "Design and development of products and services",
                "Customers own all <drawings>",
                "",
                accepted=False,
                remark="Contradicted by designs/D1",
                location=at("scope.yaml", 14, 5, 6),
            ),
        ),
        limits=(
            "One requirement lies outside the engagement.",
            "A passing check says that something is described, not that it works.",
            "Grades are potential: only a certification body grades findings.",
        ),
        intervals=(
            ("internal_audit", "12 months", "own"),
            ("management_review", "12 months", "default"),
        ),
    )


def empty() -> Assessment:
    """An assessment in which every tuple is empty and every text that may be."""
    return assemble(
        (),
        organisation=Organisation("", "", "", (), (), "", ""),
        source=Source("qms", (), (), ()),
        amendments=(),
    )


def many(n: int) -> Assessment:
    """An assessment with n findings, spread over 20 requirements of ten clauses."""
    findings = [
        Finding(
            requirement=f"7.1.{number % 10 + 1}-{'ab'[number // 10 % 2]}",
            check=f"kept-{number // 2}",
            kind="covers",
            register="equipment",
            entry=f"E{number}",
            item="",
            grade=(Grade.MINOR, Grade.MINOR, Grade.OPPORTUNITY, Grade.MAJOR)[number % 4],
            because="one instrument of many",
            message=f"equipment/E{number}: calibration {number % 400} days overdue | gauge “Ø {number % 90} H7”",
            tests="instruments are calibrated at the interval set",
            remedy="Take it out of use and calibrate it; judge what was measured with it since.",
            extent=Extent(n, n, n),
            location=at(f"equipment/{number // 1000}.yaml", number % 1000 * 9 + 2, 3, 4),
        )
        for number in range(n)
    ]
    held: dict[str, list[Finding]] = {}
    for finding in findings:
        held.setdefault(finding.requirement, []).append(finding)
    return assemble(
        (
            section(
                "7",
                "Support",
                *(
                    clause(
                        f"7.1.{number}",
                        f"Invented clause {number}",
                        *(
                            requirement(
                                id_ := f"7.1.{number}-{letter}",
                                MAJOR if id_ in held else D,
                                f"Keep instruments of group {number}{letter} calibrated.",
                                f"kept fails; {len(held.get(id_, ()))} of {n}" if id_ in held else "1 check passed",
                                findings=tuple(held.get(id_, ())),
                            )
                            for letter in "ab"
                        ),
                    )
                    for number in range(1, 11)
                ),
            ),
        ),
        organisation=Organisation("Many Gauges Ltd", "", "", (), (), "", ""),
        source=Source("qms", ("isocheck.yaml",), (), (RegisterRow("equipment", "Equipment", n),)),
        sentences=(f"{n} gauges are overdue.",),
        next_steps=("Calibrate.",),
    )
