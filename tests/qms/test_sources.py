"""Sources of the organisation's own, through the commands that read them; YAML stands for all formats here."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Folder, Run
from tests.qms.reading import Found, integrity, problems, read

PEOPLE = "people:\n  - {id: P1, name: Ada Berg}\n  - {id: P2, name: Bo Holm}\n"


def test_own_names_become_ours_and_nothing_is_lost_silently(isocheck: Run, folder: Folder) -> None:
    root = folder(
        {
            "isocheck.yaml": """
sources:
  - yaml: log/*.yaml
    at: log.entries
    register: nonconformities
    fields: {date_detected: detected, closure_due: actions.due, what: [description, actions.what], gone: cause}
    ignore: [kind]
""",
            "log/2026.yaml": """
log:
  entries:
    - {id: N1, date_detected: 2026-01-05, closure_due: 2026-03-01, what: Wrong label, kind: x, colour: red}
    - {id: N2, Date-Detected: 2026-01-05, Effect: {date: 2026-02-01, mood: fine}}
    - just text
  owner: B. Holm
""",
            "notes.txt": "a note",
            "isocheck.schema.json": "{}",
        }
    )
    (source,) = read(isocheck, root)["sources"]
    assert source["mapped"] == [
        ["id", "id"],
        ["date_detected", "detected"],
        ["closure_due", "actions.due"],
        ["what", "description"],
        ["what", "actions.what"],
        ["Effect.date", "effect.date"],
    ]
    assert source["unmapped"] == ["colour", "Date-Detected", "Effect.mood"]
    assert source["ignored"] == ["kind"]
    assert source["unmet"] == ["gone"]
    assert (source["rows"], source["entries"]) == (2, 2)
    assert source["wrong"] == [f"{root}/log/2026.yaml:6:7: expected an item with fields, not 'just text'"]
    assert read(isocheck, root)["unread"] == [f"{root}/notes.txt", f"{root}/log/2026.yaml: log.owner"]
    assert integrity(isocheck, root) == [
        ("row", "nonconformities/", "expected an item with fields, not 'just text'", "log/2026.yaml:6:7")
    ]


CASES: dict[str, tuple[str, str, Found]] = {
    "a value that cannot be read leaves the field empty": (
        "register: audits\n    fields: {date: performed}",
        "- {id: A1, date: Ongoing}",
        [("unread", "audits/A1", "performed: 'Ongoing' cannot be read as a date", "log.yaml:1:12")],
    ),
    "the same in two rows is told of each": (
        "register: audits\n    fields: {date: performed}",
        "- {id: A1, date: Ongoing}\n- {id: A2, date: Ongoing}",
        [
            ("unread", "audits/A1", "performed: 'Ongoing' cannot be read as a date", "log.yaml:1:12"),
            ("unread", "audits/A2", "performed: 'Ongoing' cannot be read as a date", "log.yaml:2:12"),
        ],
    ),
    "an order that is not declared": (
        "register: audits\n    fields: {date: performed}",
        "- {id: A1, date: 03/04/2026}",
        [
            (
                "unread",
                "audits/A1",
                "performed: '03/04/2026' may mean two days; say 'dates: day-first' or 'dates: month-first' of this "
                "source",
                "log.yaml:1:12",
            )
        ],
    ),
    "what can be a day in one order alone tells nothing of the next": (
        "register: audits\n    fields: {date: performed}",
        "- {id: A1, date: 31/03/2026}\n- {id: A2, date: 03/04/2026}\n- {id: A3, date: 31/02/2026}",
        [
            (
                "unread",
                "audits/A2",
                "performed: '03/04/2026' may mean two days; say 'dates: day-first' or 'dates: month-first' of this "
                "source",
                "log.yaml:2:12",
            ),
            ("unread", "audits/A3", "performed: '31/02/2026' is no date of the calendar", "log.yaml:3:12"),
        ],
    ),
    "a declared order": (
        "register: audits\n    dates: day-first\n    fields: {date: performed}",
        "- {id: A1, date: 03/04/2026}",
        [],
    ),
    "a placeholder is an empty field": ("register: audits\n    fields: {date: performed}", "- {id: A1, date: TBD}", []),
    "one item of a nested list": (
        "register: audits\n    fields: {points.type: findings.grade, points.no: findings.id}",
        "- id: A1\n  points:\n    - {no: 1, type: minor}\n    - {no: 2, type: grave}",
        [
            (
                "unread",
                "audits/A1",
                "grade: 'grave' is none of opportunity, minor, major, conforming; say under 'values' of this source "
                "what it means",
                "log.yaml:4:15",
            )
        ],
    ),
    "the organisation's words": (
        "register: audits\n    fields: {points.type: findings.grade}\n"
        "    values: {findings.grade: {grave: major, Anmerkung: opportunity}}",
        "- id: A1\n  points:\n    - {type: Grave}\n    - {type: anmerkung}",
        [],
    ),
    "two entries of one id, folded": (
        "register: audits",
        "- {id: PR.001}\n- {id: pr-001}\n- {id: A-11}\n- {id: A1-1}",
        [
            (
                "duplicate",
                "audits/PR.001",
                "the id 'pr-001' stands for something else already (ROOT/log.yaml:1:4); give one another id",
                "log.yaml:2:4",
            )
        ],
    ),
    "no id": (
        "register: audits",
        "- {planned: 2026-01-01}\n- {id: TBD}",
        [
            ("row", "audits/", "this has no id, so that it is no entry", "log.yaml:1:4"),
            ("row", "audits/", "this has no id, so that it is no entry", "log.yaml:2:4"),
        ],
    ),
    "a row whose id is yet to be filled in is no entry under another": (
        "register: audits\n    id_of: [site, year]",
        "- {id: TBD, site: North, year: '2026'}",
        [("row", "audits/", "this has no id, so that it is no entry", "log.yaml:1:4")],
    ),
    "an id that cannot be read is no reason to lose the row": (
        "register: audits\n    id_of: [site, year]",
        "- {id: true, site: North, year: '2026'}",
        [("unread", "audits/North 2026", "id: expected a text, not true", "log.yaml:1:4")],
    ),
    "a mapping that says nothing where one value is read": (
        "register: equipment",
        "- {id: E1, checks_conformity: yes}\n- {id: E2, checks_conformity: {}}",
        [],
    ),
    "an id made of two fields": ("register: audits\n    id_of: [site, year]", "- {site: North, year: '2026'}", []),
    "a person by name": ("register: audits", "- {id: A1, auditors: ada berg; Bo Holm}", []),
    "a person whom nobody knows": (
        "register: audits",
        "- {id: A1, auditors: 'Ada Berg; Cy Dahl'}",
        [("integrity", "audits/A1", "auditors names 'Cy Dahl', which is not in people", "log.yaml:1:12")],
    ),
    "a clause that the standard does not have": (
        "register: audits",
        "- {id: A1, clauses: '9.2, 8.99'}",
        [
            (
                "unread",
                "audits/A1",
                "'8.99' is no clause or requirement of this standard",
                "log.yaml:1:12",
            )
        ],
    ),
    "clauses of another standard": (
        "register: audits",
        "- {id: A1, standard: 'ISO 13485:2016', clauses: [8.2.4]}\n- {id: A2, standard: ISO 9001, clauses: ['9.2']}",
        [],
    ),
    "clauses of another standard in parts": (
        "register: audits",
        "- {id: A1, standard: ISO 13485, findings: [{id: F1, clause: 8.9.9}]}",
        [],
    ),
    "an item of a list of parts that is none": (
        "register: audits",
        "- {id: A1, findings: [calibration overdue, null, {id: F2, grade: grave}]}",
        [
            (
                "unread",
                "audits/A1",
                "findings: expected fields such as id, grade, clause, not 'calibration overdue'",
                "log.yaml:1:23",
            ),
            (
                "unread",
                "audits/A1",
                "grade: 'grave' is none of opportunity, minor, major, conforming; say under 'values' of this source "
                "what it means",
                "log.yaml:1:59",
            ),
        ],
    ),
    "a part here, a text there": (
        "register: nonconformities",
        "- {id: N1, actions: {what: single}}\n- {id: N2, actions: none of it}\n- {id: N3, actions: TBD}",
        [
            (
                "unread",
                "nonconformities/N2",
                "actions: expected fields such as id, what, owner, not 'none of it'",
                "log.yaml:2:12",
            )
        ],
    ),
    "an item without fields among keyed ones": (
        "register: audits\n    fields: {key: id}",
        "A1: {planned: 2026-01-01}\nA2: {planned: soon}\nA3: just text",
        [
            ("row", "audits/", "expected an item with fields, not 'just text'", "log.yaml:3:1"),
            ("unread", "audits/A2", "planned: 'soon' cannot be read as a date", "log.yaml:2:6"),
        ],
    ),
    "a path that leads out": (
        "register: documents",
        "- {id: D1, path: ../D1.md}",
        [
            (
                "unread",
                "documents/D1",
                "the path '../D1.md' leads outside the folder of the description; use 'location' for that",
                "log.yaml:1:12",
            )
        ],
    ),
    "rows that do not belong here": (
        "register: audits\n    only: {type: [audit, review]}",
        "- {id: A1, type: Audit, planned: soon}\n- {id: A2, type: other, planned: soon}",
        [("unread", "audits/A1", "planned: 'soon' cannot be read as a date", "log.yaml:1:25")],
    ),
    "rows that belong here by yes and no, and by number": (
        "register: audits\n    only: {internal: true, level: [1, 2.0]}",
        "- {id: A1, internal: true, level: 1, planned: soon}\n- {id: A2, internal: false, level: 1, planned: soon}\n"
        "- {id: A3, internal: 'TRUE', level: [3, 2.0], planned: soon}\n- {id: A4, internal: true, planned: soon}",
        [
            ("unread", "audits/A1", "planned: 'soon' cannot be read as a date", "log.yaml:1:38"),
            ("unread", "audits/A3", "planned: 'soon' cannot be read as a date", "log.yaml:3:47"),
        ],
    ),
    "an item keyed by its id": (
        "register: audits\n    fields: {key: id}",
        "A1: {planned: soon}\nA2: {planned: 2026-01-01}",
        [("unread", "audits/A1", "planned: 'soon' cannot be read as a date", "log.yaml:1:6")],
    ),
    "a constant gives way to what is there": (
        "register: audits\n    constants: {kind: internal}",
        "- {id: A1, kind: customary}\n- {id: A2}",
        [
            (
                "unread",
                "audits/A1",
                "kind: 'customary' is none of internal, certification, customer, supplier; did you mean 'customer'?",
                "log.yaml:1:12",
            )
        ],
    ),
    "a list of one mapping stands for the mapping": (
        "register: documents\n    fields: {approval.by: approved_by, approval.on: approved}",
        "- {id: D1, approval: [{by: Bo Holm, on: soon}]}",
        [("unread", "documents/D1", "approved: 'soon' cannot be read as a date", "log.yaml:1:37")],
    ),
    "a list of mappings for a single field": (
        "register: documents\n    fields: {approval.by: approved_by}",
        "- {id: D1, approval: [{by: Bo Holm}, {by: Ada Berg}]}\n- {id: D2, approval: [null, TBD]}\n- {id: D3, approval: []}",
        [
            (
                "unread",
                "documents/D1",
                "approved_by: expected one mapping under 'approval', not a list of 2; keep the one that counts, or send "
                "them to a field that holds several",
                "log.yaml:1:12",
            )
        ],
    ),
    "a list of mappings for a part": (
        "register: nonconformities\n    fields: {fix.what: correction.what, fix.by: correction.by}",
        "- {id: N1, fix: [{what: a, by: P1}, {what: b}]}\n- {id: N2, fix: [{what: c, by: nobody}]}",
        [
            (
                "integrity",
                "nonconformities/N2",
                "by names 'nobody', which is not in roles or people",
                "log.yaml:2:28",
            ),
            (
                "unread",
                "nonconformities/N1",
                "correction: expected one mapping under 'fix', not a list of 2; keep the one that counts, or send them "
                "to a field that holds several",
                "log.yaml:1:12",
            ),
        ],
    ),
    "a text where others have a mapping": (
        "register: documents\n    fields: {approval.by: approved_by}",
        "- {id: D1, approval: {by: Bo Holm}}\n- {id: D2, approval: Ada Berg}\n- {id: D3, approval: no}\n"
        "- {id: D4, approval: TBD}\n- {id: D5, approval: [Ada Berg]}\n- {id: D6, approval: [Ada Berg, Bo Holm]}",
        [
            (
                "unread",
                f"documents/{entry}",
                f"approved_by: expected fields such as 'by' under 'approval', not {value}; write it so, or say under "
                "'fields' or 'ignore' of this source what 'approval' is",
                place,
            )
            for entry, value, place in (
                ("D2", "'Ada Berg'", "log.yaml:2:12"),
                ("D5", "'Ada Berg'", "log.yaml:5:23"),
                ("D6", "a list", "log.yaml:6:12"),
            )
        ],
    ),
    "a text where others have a mapping, and 'ignore' says so": (
        "register: documents\n    fields: {approval.by: approved_by}\n    ignore: [approval]",
        "- {id: D1, approval: {by: Bo Holm}}\n- {id: D2, approval: Ada Berg}",
        [],
    ),
    "items of which one is no mapping": (
        "register: audits\n    fields: {points.type: findings.grade, points.no: findings.id}",
        "- {id: A1, points: [{no: 1, type: minor}, late]}",
        [
            (
                "unread",
                "audits/A1",
                "findings: expected fields such as 'no' under 'points', not 'late'; write it so, or say under "
                "'fields' or 'ignore' of this source what 'points' is",
                "log.yaml:1:43",
            )
        ],
    ),
    "a mapping for one item of a list": (
        "register: audits\n    fields: {point.type: findings.grade}",
        "- {id: A1, point: {type: grave}}",
        [
            (
                "unread",
                "audits/A1",
                "grade: 'grave' is none of opportunity, minor, major, conforming; say under 'values' of this source "
                "what it means",
                "log.yaml:1:20",
            )
        ],
    ),
    "a mapping that is sent to a text": (
        "register: documents\n    fields: {approval: approved_by}",
        "- {id: D1, approval: {by: Bo Holm}}",
        [("unread", "documents/D1", "approved_by: expected a text, not a mapping", "log.yaml:1:12")],
    ),
    "a constant is read as what files hold": (
        "register: audits\n    dates: day-first\n    constants: {planned: 31/01/2026, clauses: '§9.2, 9.2.2 c)', findings: [{grade: minor}]}",
        "- {id: A1}",
        [],
    ),
    "a word stands for what files hold": (
        "register: audits\n    dates: day-first\n    values: {planned: {new year: 01/01/2026}, clauses: {audit: '§9.2; 9.2.2 c)'}}",
        "- {id: A1, planned: New Year, clauses: [audit, 7.2]}",
        [],
    ),
    "a part where a text is expected": (
        "register: audits",
        "- {id: A1, scope: {a: b}}\n- {id: A2, auditors: [P1, {name: Bo Holm}]}",
        [("unread", "audits/A2", "auditors: expected a text, not a mapping", "log.yaml:2:28")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_does_not_hold_is_a_finding_with_its_place(isocheck: Run, folder: Folder, name: str) -> None:
    declared, log, expected = CASES[name]
    root = folder(
        {"isocheck.yaml": f"sources:\n  - yaml: log.yaml\n    {declared}\n", "log.yaml": log, "people.yaml": PEOPLE}
    )
    assert integrity(isocheck, root) == [
        (check, entry, message.replace("ROOT", str(root)), place) for check, entry, message, place in expected
    ]


WRONG: dict[str, tuple[str, list[str]]] = {
    "no file": ("yaml: lgo.yaml\n    register: audits", ["isocheck.yaml:2:5: there is no file 'lgo.yaml'; did you mean 'log.yaml'?"]),
    "a pattern with backslashes": ("register: audits\n    yaml: 'logs\\*.yaml'", [r"isocheck.yaml:3:5: 'logs\\*.yaml': folders are parted by slashes on every system; write 'logs/*.yaml'"]),
    "a pattern from the root of a disk": ("register: audits\n    yaml: /srv/*.yaml", ["isocheck.yaml:3:5: '/srv/*.yaml' begins at the root of a disk; write the way from the folder of isocheck.yaml, as in docs/*.md"]),
    "a pattern from a drive": ("register: audits\n    yaml: C:\\srv\\log.yaml", [r"isocheck.yaml:3:5: 'C:\\srv\\log.yaml' begins at the root of a disk; write the way from the folder of isocheck.yaml, as in docs/*.md"]),
    "a pattern that leads out": ("register: audits\n    yaml: logs/../../*.yaml", ["isocheck.yaml:3:5: 'logs/../../*.yaml' leads out of the folder of isocheck.yaml, and only files in it are read; write the way from there"]),
    "a pattern of folders": ("register: audits\n    yaml: ./logs//*/", ["isocheck.yaml:3:5: no file fits './logs//*/', whatever it is called; write 'logs/*/*'"]),
    "a constant that cannot be read": ("yaml: log.yaml\n    at: audits\n    register: audits\n    constants: {kind: customary, planned: 2026-02-31}", ["isocheck.yaml:5:17: kind: 'customary' is none of internal, certification, customer, supplier; did you mean 'customer'?", "isocheck.yaml:5:34: planned: '2026-02-31' is no date of the calendar"]),
    "a clause that nobody knows": ("yaml: log.yaml\n    at: audits\n    register: audits\n    constants: {clauses: [9.2, 8.5.99]}", ["isocheck.yaml:5:17: '8.5.99' is no clause or requirement of this standard; did you mean '8.5.6'?"]),
    "a word for what is no value": ("yaml: log.yaml\n    at: audits\n    register: audits\n    values: {findings.grade: {x: miner, y: minor}, performed: {never: soon}}", ["isocheck.yaml:5:31: grade: 'miner' is none of opportunity, minor, major, conforming; did you mean 'minor'?", "isocheck.yaml:5:64: performed: 'soon' cannot be read as a date"]),
    "a constant for what is no text": ("yaml: log.yaml\n    at: audits\n    register: audits\n    constants: {scope: [{a: b}]}", ["isocheck.yaml:5:17: scope: expected a text, not a list"]),
    "a constant for a part": ("yaml: log.yaml\n    at: audits\n    register: audits\n    constants: {findings.grade: minor}", ["isocheck.yaml:5:17: constants fill fields, not parts of them: give 'findings' with all that it holds"]),
    "no pattern": ("register: audits", ["isocheck.yaml:2:5: a source names its files under one of markdown, csv, xlsx, yaml"]),
    "two patterns": ("yaml: log.yaml\n    csv: log.csv\n    register: audits", ["isocheck.yaml:2:5: a source names its files under one of markdown, csv, xlsx, yaml"]),
    "no register": ("yaml: log.yaml", ["isocheck.yaml:2:5: a source needs 'register': what its entries are"]),
    "an unknown register": ("yaml: log.yaml\n    register: audit", ["isocheck.yaml:3:5: 'audit' is no register; did you mean 'audits'?"]),
    "an unknown field": ("yaml: log.yaml\n    register: audits\n    fields: {date: perfomed}", ["isocheck.yaml:4:14: 'perfomed' is no field of audits; did you mean 'performed'?"]),
    "an unknown part": ("yaml: log.yaml\n    register: audits\n    fields: {date: findings.dat}", ["isocheck.yaml:4:14: 'findings.dat' is no field of audits; known are id, grade, clause, process, statement, nonconformity, response_due"]),
    "parts of what has none": ("yaml: log.yaml\n    register: audits\n    fields: {date: performed.day}", ["isocheck.yaml:4:14: 'performed' of audits has no parts"]),
    "two fields for one": ("yaml: log.yaml\n    register: audits\n    fields: {a: performed, b: performed}", ["isocheck.yaml:4:28: 'performed' is filled by 'a' already"]),
    "a list elsewhere": ("yaml: log.yaml\n    register: audits\n    at: audit", ["log.yaml:1:1: there is no 'audit' here, where 'at: audit' of its source leads; did you mean 'audits'?"]),
    "an option of another format": ("yaml: log.yaml\n    register: audits\n    sheet: One", ["isocheck.yaml:4:5: 'sheet' means nothing for yaml; it belongs to xlsx"]),
    "a sample of nothing": ("yaml: log.yaml\n    register: audits\n    sample: {period: '2025'}", ["isocheck.yaml:4:5: a sample needs 'population' and 'chosen': from how many it was drawn, and how"]),
    "a header that is none": ("csv: log.csv\n    register: audits\n    header: 0", ["isocheck.yaml:4:5: expected the number of a line, counted from 1"]),
    "a misspelt option": ("yaml: log.yaml\n    register: audits\n    feilds: {a: b}", ["isocheck.yaml:4:5: 'feilds' is no field here; did you mean 'fields'?", "log.yaml:1:1: expected a list of items; say with 'at' of its source under which key the list stands"]),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_declaration_that_cannot_hold_is_an_error_with_its_place(isocheck: Run, folder: Folder, name: str) -> None:
    declared, expected = WRONG[name]
    root = folder(
        {
            "isocheck.yaml": f"sources:\n  - {declared}\n",
            "log.yaml": "audits:\n  - {id: A1, odd: 1}\n",
            "log.csv": "id\nA1\n",
            "people.yaml": PEOPLE,
        }
    )
    assert [line for line in problems(isocheck, root) if "odd" not in line] == expected


def test_a_place_without_a_record_is_no_error(isocheck: Run, folder: Folder) -> None:
    root = folder({"isocheck.yaml": "sources:\n  - {yaml: audits/*.yaml, register: audits}\n", "people.yaml": PEOPLE})
    (source,) = read(isocheck, root)["sources"]
    assert (source["entries"], source["left"]) == (0, ["1 × place with no file yet"])


ONLY: dict[str, tuple[str, list[str]]] = {
    "a field that no row has": ("{typ: audit}", ["typ"]),
    "a value that no row has": ("{type: [Audit, revue, 7], internal: false}", ["type: revue", "type: 7", "internal: false"]),
    "all are met": ("{type: [AUDIT, review], internal: true}", []),
}  # fmt: skip


@pytest.mark.parametrize("name", ONLY)
def test_what_only_asks_for_and_no_row_has_is_never_met(isocheck: Run, folder: Folder, name: str) -> None:
    only, expected = ONLY[name]
    root = folder(
        {
            "isocheck.yaml": f"sources:\n  - {{yaml: log.yaml, register: audits, only: {only}}}\n",
            "log.yaml": "- {id: A1, type: audit, internal: true}\n- {id: A2, type: [Review]}",
        }
    )
    assert [source["unmet"] for source in read(isocheck, root)["sources"]] == [expected]


ROW = "- {id: A1, type: audit}\n- {id: A2, type: review}"
NOTICES: dict[str, tuple[str, dict[str, str], str]] = {
    "no file yet": ("{yaml: 'logs/**/*.yaml', register: audits, fields: {a: kind}}", {}, "no file fits logs/**/*.yaml yet"),
    "letters of another case": (
        "{yaml: 'Logs/*.yaml', register: audits}",
        {"logs/A.yml": "", "logs/b.YAML": "x: 1", "logs/a.yaml": "x: 1"},
        "no file fits Logs/*.yaml; but for capital and small letters these would: logs/a.yaml, logs/b.YAML",
    ),
    "files that are excluded": (
        "{yaml: 'logs/*.yaml', register: audits}\nexclude: ['logs/*']",
        {f"logs/{name}.yaml": ROW for name in "abcde"},
        "no file fits logs/*.yaml but for those that 'exclude' leaves out: logs/a.yaml, logs/b.yaml, logs/c.yaml and 2 more",
    ),
    "names of fields, ids and rows": (
        "{yaml: logs/*.yaml, register: audits, fields: {typ: kind}, only: {type: [audit, revue]}, id_of: [site]}",
        {"logs/a.yaml": ROW},
        "logs/*.yaml (audits): no file has 'typ', 'site', 'type: revue', which this source names: not in use yet, or written otherwise there",
    ),
    "a key of the front matter": (
        "{markdown: docs/*.md, register: documents, key: qms}",
        {"docs/a.md": "---\nQMS: {id: A}\n---\n"},
        "docs/*.md (documents): no file has 'qms', which this source names: not in use yet, or written otherwise there",
    ),
    "a key of the front matter that one file has": (
        "{markdown: docs/*.md, register: documents, key: qms}",
        {"docs/a.md": "---\nqms: {id: A}\n---\n", "docs/b.md": "# Plain\n"},
        "",
    ),
    "two wishes that no row meets together": (
        "{yaml: logs/*.yaml, register: audits, only: {type: audit, id: A2}}",
        {"logs/a.yaml": ROW},
        "logs/*.yaml (audits): of 2 rows 'only' names none",
    ),
    "files without fields": (
        "{markdown: docs/*.md, register: documents, fields: {doc_id: id}}",
        {"docs/a.md": "# Plain\n"},
        "docs/*.md (documents): no file that is read holds fields",
    ),
    "a table without a row": ("{csv: '*.csv', register: audits}", {"log.csv": "id\n"}, ""),
}  # fmt: skip


@pytest.mark.parametrize("name", NOTICES)
def test_a_source_that_yields_less_than_it_asks_for_is_a_notice(isocheck: Run, folder: Folder, name: str) -> None:
    source, files, expected = NOTICES[name]
    root = folder({"isocheck.yaml": f"sources:\n  - {source}\n", "people.yaml": PEOPLE, **files})
    _, out, _ = isocheck("check", root, "-f", "json")
    told = [(notice["text"], notice["location"]) for notice in json.loads(out)["notices"]]
    assert [text for text, _ in told] == ([expected] if expected else [])
    assert [(place["line"], place["column"]) for _, place in told] == [(2, 6)] * len(told)


def test_files_of_which_no_entry_came_are_named(isocheck: Run, folder: Folder) -> None:
    bare = {f"docs/b{at}.md": "# Plain\n" for at in range(7)}
    marked = {"docs/t.md": "---\nid: <% id %>\n---\n", "docs/u.md": "---\nid: {{ id }}\n---\n"}
    source = "{markdown: docs/*.md, register: documents}"
    root = folder({"isocheck.yaml": f"sources:\n  - {source}\n", "docs/a.md": "---\nid: A\n---\n", **bare, **marked})
    (found,) = read(isocheck, root)["sources"]
    assert found["bare"] == [f"{root}/{name}" for name in bare]
    assert found["templates"] == [f"{root}/{name}" for name in marked]
    _, out, _ = isocheck("sources", root)
    text = " ".join(out.split())
    assert f"templates {root}/docs/t.md, {root}/docs/u.md" in text
    assert f"no fields {root}/docs/b0.md" in text
    assert f"{root}/docs/b4.md, and 2 more" in text


def test_a_sample_is_said_to_be_one(isocheck: Run, folder: Folder) -> None:
    sample = "{population: about 8000, period: '2025', chosen: 'every 300th by number, A. Berg'}"
    root = folder(
        {"isocheck.yaml": f"sources:\n  - yaml: log.yaml\n    register: orders\n    sample: {sample}\n", "log.yaml": "- {id: O1}"}
    )  # fmt: skip
    said = "a sample from about 8000 of 2025, chosen: every 300th by number, A. Berg"
    assert [source["sample"] for source in read(isocheck, root)["sources"]] == [said]
    _, out, _ = isocheck("check", root, "-f", "json")
    assert f"Orders: what log.yaml holds is {said}." in json.loads(out)["limits"]


def test_files_of_a_source_need_a_folder(isocheck: Run, folder: Folder) -> None:
    root = folder({"isocheck.yaml": "sources:\n  - {yaml: log.yaml, register: audits}\n", "log.yaml": "- {id: A1}"})
    code, _, err = isocheck("check", root / "isocheck.yaml")
    assert code == 2
    assert (
        err
        == f"error: {root}/isocheck.yaml:1:1: sources are read from a folder; check the folder that holds this file\n"
    )


def test_one_register_may_come_from_several_places(isocheck: Run, folder: Folder) -> None:
    root = folder(
        {
            "isocheck.yaml": "sources:\n  - {yaml: a.yaml, register: audits}\n  - {yaml: b.yaml, register: audits}\n",
            "a.yaml": "- {id: A1}",
            "b.yaml": "- {id: A2}\n- {id: a1}",
            "audits.yaml": "audits:\n  - {id: A3}\n",
        }
    )
    assert [source["entries"] for source in read(isocheck, root)["sources"]] == [1, 1]
    assert [(check, entry, place) for check, entry, _, place in integrity(isocheck, root)] == [
        ("duplicate", "audits/A1", "b.yaml:2:4")
    ]


@pytest.mark.parametrize(
    ("source", "file", "text"),
    [
        ("yaml: '{}.yaml', register: audits", "a.yaml", "- {id: A1}"),
        ("markdown: 'docs/{}.md', register: documents", "docs/a.md", "---\nid: A1\n---\n"),
    ],
)
def test_that_two_sources_read_one_file_is_said_to_be_that(
    isocheck: Run, folder: Folder, source: str, file: str, text: str
) -> None:
    sources = "".join(f"  - {{{source.format(pattern)}}}\n" for pattern in ("a", "?"))
    root = folder({"isocheck.yaml": f"sources:\n{sources}", file: text})
    ((check, _, message, place),) = integrity(isocheck, root)
    assert (check, place.partition(":")[0]) == ("duplicate", file)
    assert message == (
        f"two sources read this file, the second declared at {root}/isocheck.yaml:3:6; leave it to one of them, or say "
        "with 'only' which rows belong to which"
    )


def test_a_register_of_one_entry_takes_one(isocheck: Run, folder: Folder) -> None:
    root = folder(
        {
            "isocheck.yaml": "sources:\n  - {yaml: about.yaml, at: company, register: organisation, fields: {firm: name}}\n",
            "about.yaml": "company: {firm: Brack}\n",
            "other.yaml": "scope: {statement: All}\n",
        }
    )
    _, out, _ = isocheck("check", root, "-f", "json")
    assert json.loads(out)["organisation"]["name"] == "Brack"
    (root / "organisation.yaml").write_text("organisation: {name: Other}\n")
    assert [(check, entry) for check, entry, _, _ in integrity(isocheck, root)] == [("duplicate", "organisation/")]


def test_what_does_not_hold_can_be_waived(isocheck: Run, folder: Folder) -> None:
    waiver = "{reason: Known, approved_by: QM, expires: 2026-12-31, finding: '7.5.3.1-b/unread audits/A1, planned'}"
    root = folder(
        {
            "isocheck.yaml": "sources:\n  - {yaml: log.yaml, register: audits}\n",
            "log.yaml": "- {id: A1, planned: soon}",
            "waivers.yaml": f"waivers:\n  - {waiver}\n",
        }
    )
    _, out, err = isocheck("check", root, "--as-of", "2026-06-30", "-f", "json")
    assert err == ""
    assert [each["reason"] for each in json.loads(out)["gate"]["waived"]] == ["Known"]


@pytest.mark.parametrize("command", ["check", "report"])
def test_no_report_replaces_a_file_that_was_read(isocheck: Run, folder: Folder, command: str) -> None:
    root = folder({"isocheck.yaml": "sources:\n  - {csv: log.csv, register: audits}\n", "log.csv": "id\nA1\n"})
    code, _, err = isocheck(command, root, "-o", root / "log.csv")
    assert (code, err) == (2, f"error: -o {root}/log.csv: it would replace a file of the description\n")
    assert (root / "log.csv").read_text() == "id\nA1\n"
