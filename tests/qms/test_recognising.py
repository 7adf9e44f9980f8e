"""What rows under names of an organisation's own are taken for, and what is rather left out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isocheck.qms.mapping import shape_at, unknown_target
from isocheck.qms.matching import Grounds, Recognised, Table
from isocheck.qms.meanings import nouns_in
from isocheck.qms.recognising import calibrations_in, recognise
from isocheck.qms.registers import REGISTERS
from isocheck.qms.synonyms import FIELDS, HEADS, NOUNS, PARTS
from isocheck.qms.value_synonyms import CHOICES

GROUNDS = Grounds(frozenset({"8.4", "8.5.1", "9.2", "9.2.2"}), date(2026, 6, 1))


def told(*rows: dict[str, Any], names: tuple[str, ...] = (), **more: Any) -> Recognised:
    fields = tuple(dict.fromkeys(name for row in rows for name in row))
    return recognise(Table(rows, fields, names, **{"nested": True, **more}), GROUNDS)


def mapped(found: Recognised) -> dict[str, str]:
    return dict(found.mapped)


@pytest.mark.parametrize(
    ("names", "row", "register"),
    [
        (("calibration",), {"Equipment_ID": "E1", "Next_Calibration_Due": "2026-01-01"}, "equipment"),
        (("calibration",), {"Equipment_ID": "E1", "Calibrated on": "2026-01-01", "Lab": "L"}, "calibrations"),
        (("ncr_log",), {"NCR No": "1", "Root cause": "x", "Date closed": "2026-01-01"}, "nonconformities"),
        (("approved suppliers",), {"Supplier": "Steel AG", "Products": "steel"}, "providers"),
        (("training matrix",), {"Employee": "Ann", "Course": "Welding", "Valid until": "2027-01-01"}, "competence"),
        (("risk register",), {"Risk ID": "R1", "Risk": "fire", "Probability": "2"}, "risks"),
        (("master list",), {"Doc No": "P1", "Title": "Sales", "Rev": "3"}, "documents"),
        (("Dokumentliste",), {"Nummer": "P1", "Titel": "Verkauf", "Version": "3"}, "documents"),
        (("complaints",), {"Complaint No": "K1", "Date received": "2026-01-01"}, "feedback"),
        (
            ("complaints",),
            {
                "Complaint": "C1",
                "Customer": "M",
                "Received": "2026-01-02",
                "Description": "x",
                "Closed On": "2026-01-03",
            },
            "feedback",
        ),
        (
            ("audit_plan",),
            {"Audit": "A1", "Process": "Sales", "Planned Date": "2026-03-01", "Auditor": "Ann"},
            "audits",
        ),
        (("releases",), {"Release": "R1", "Product": "P", "Batch": "B", "Release Date": "2026-01-02"}, "releases"),
        (("documents",), {"Document": "P1", "Title": "x", "Version": "2", "Reviewer": "Ann"}, "documents"),
        (("document_register",), {"Document": "P1", "Title": "x", "Version": "2", "Approver": "Ann"}, "documents"),
        (("people",), {"ID": "E1", "Name": "Ann"}, "people"),
        (("instruments",), {"ID": "E1", "Instrument": "Calliper", "Cal Due": "2026-01-01"}, "equipment"),
        (("management_reviews",), {"Review ID": "M1", "Review Date": "2026-01-01"}, "management_reviews"),
        (("management-reviews",), {"Meeting date": "2026-01-01", "Attendees": "Ann"}, "management_reviews"),
        ((), {"doc_id": "P1", "revision": "3", "approver": "Ann", "effective_date": "2026-01-01"}, "documents"),
    ],
)
def test_a_register_is_told_by_names_and_fields(names: tuple[str, ...], row: dict[str, Any], register: str) -> None:
    assert told(row, names=names).register == register


@pytest.mark.parametrize(
    ("names", "row", "why"),
    [
        ((), {"id": "1", "title": "x"}, "no register"),
        (("accounts",), {"Account": "1", "Debit": "2"}, "no register"),
        (("risk register",), {"colour": "red"}, "no register"),
        (("ncr",), {"Root cause": "x", "Date closed": "2026-01-01"}, "no register"),
    ],
)
def test_what_tells_too_little_is_no_register(names: tuple[str, ...], row: dict[str, Any], why: str) -> None:
    found = told(row, names=names)
    assert (found.register, why in found.why) == ("", True)


def test_a_state_is_no_day_and_no_description() -> None:
    found = told(
        {"id": "N1", "closed": "Yes", "corrective_action": "In Progress", "date_detected": "2026-01-01"},
        {"id": "N2", "closed": "Closed", "corrective_action": "Completed", "date_detected": "2026-01-02"},
        names=("nonconformities",),
    )
    assert mapped(found) == {"id": "id", "date_detected": "detected", "closed": "status"}
    assert found.settings["values"] == {"status": {"Yes": "closed"}}
    assert {own for own, _ in found.left} == {"corrective_action"}


def test_a_day_is_nobody_who_approved() -> None:
    found = told({"doc_id": "P1", "revision": "1", "approver": "2026-01-01"}, names=("documents",))
    assert "approver" not in mapped(found)


def test_the_one_who_approved_may_stand_where_we_have_the_day() -> None:
    found = told({"doc_id": "P1", "revision": "1", "approved": "Ann"}, names=("documents",))
    assert mapped(found)["approved"] == "approved_by"


@pytest.mark.parametrize(
    ("row", "is_performed"),
    [
        ({"status": "Closed"}, True),
        ({"status": "Planned"}, False),
        ({"status": "Open"}, False),
        ({"status": "Open", "findings": [{"id": "F1", "type": "Minor NC"}]}, True),
        ({}, True),
    ],
)
def test_a_date_in_an_audit_log_counts_only_where_nothing_says_planned(row: dict[str, Any], is_performed: bool) -> None:
    found = told({"id": "A1", "auditor": "Ann", "date": "2026-01-01", **row}, names=("audits",))
    assert ("performed" in mapped(found).values()) is is_performed


@pytest.mark.parametrize(
    ("names", "row", "day", "target"),
    [
        ("audits", {"id": "A1", "auditor": "Ann", "date": "2026-01-01", "Result": "Postponed"}, "date", ""),
        (
            "audits",
            {"id": "A1", "auditor": "Ann", "date": "2026-01-01", "Result": "2 open points"},
            "date",
            "performed",
        ),
        ("audits", {"id": "A1", "auditor": "Ann", "date": "2026-01-01", "Note": "cancelled"}, "date", ""),
        ("audits", {"id": "A1", "auditor": "Ann", "date": "2026-01-01", "Conducted": "No"}, "date", ""),
        ("audits", {"id": "A1", "auditor": "Ann", "date": "2027-01-01"}, "date", "planned"),
        ("management reviews", {"Review ID": "1", "Chair": "Ann", "Review Date": "2026-01-01"}, "Review Date", "held"),
        (
            "management reviews",
            {"Review ID": "1", "Chair": "Ann", "Review Date": "2026-01-01", "Status": "Postponed to May"},
            "Review Date",
            "",
        ),
        (
            "management reviews",
            {"Review ID": "1", "Planned Date": "2026-01-01", "Review Date": "2026-01-01", "Status": "Cancelled"},
            "Review Date",
            "",
        ),
        ("documents", {"Doc No": "1", "Title": "x", "Review Date": "2027-01-01"}, "Review Date", "review_due"),
        ("documents", {"Doc No": "1", "Title": "x", "Review Date": "2026-01-01"}, "Review Date", "reviewed"),
        (
            "documents",
            {"Doc No": "1", "Title": "x", "Review Date": "2027-01-01", "Next review": "2028-01-01"},
            "Review Date",
            "",
        ),
        (
            "risks",
            {"Risk ID": "1", "Risk": "x", "Status": "Open", "Review Date": "2026-01-01"},
            "Review Date",
            "reviewed",
        ),
        ("risks", {"Risk ID": "1", "Risk": "x", "Review Date": "2027-01-01"}, "Review Date", ""),
        ("ncr", {"NCR No": "1", "Root cause": "x", "Detected": "2026-01-01", "Status": "Open"}, "Detected", "detected"),
        ("ncr", {"NCR No": "1", "Root cause": "x", "Closed on": "2026-01-01", "Status": "Open"}, "Closed on", ""),
        ("ncr", {"NCR No": "1", "Root cause": "x", "Action done": "2026-01-01", "Status": "Open"}, "Action done", ""),
        ("ncr", {"NCR No": "1", "Root cause": "x", "Action done": "2027-01-01"}, "Action done", "actions.due"),
        ("suppliers", {"Supplier": "S", "Products": "x", "Approved": "2026-01-01"}, "Approved", "approved"),
        (
            "suppliers",
            {"Supplier": "S", "Products": "x", "Approved": "2026-01-01", "Status": "Not approved"},
            "Approved",
            "",
        ),
    ],
)
def test_a_day_that_may_be_a_planned_one_says_not_that_something_happened(
    names: str, row: dict[str, Any], day: str, target: str
) -> None:
    found = told(row, names=(names,), nested=False)
    assert found.register
    assert mapped(found).get(day, "") == target
    if not target:
        assert "a planned one" in dict(found.left)[day] or any(
            word in dict(found.left)[day] for word in ("lies ahead", "all the same", "is filled by")
        )


def test_a_day_in_a_part_of_a_list_is_judged_by_its_own_state() -> None:
    parts = [{"what": "x", "done": "2026-01-01", "status": "Done"}, {"what": "y", "done": "2026-01-02"}]
    log = {"NCR No": "N1", "Root cause": "x", "Status": "Open"}
    assert mapped(told({**log, "actions": parts}, names=("ncr",)))["actions.done"] == "actions.done"
    parts[1]["status"] = "Scheduled"
    assert "actions.done" not in mapped(told({**log, "actions": parts}, names=("ncr",)))


@pytest.mark.parametrize(
    ("names", "row"),
    [
        ("training", {"Employee": "Ann", "Course": "Welding", "Training Date": "2026-01-01"}),
        ("calibrations", {"Equipment ID": "E1", "Calibrated by": "L", "Date": "2026-01-01"}),
        ("releases", {"Release No": "R1", "Batch": "B1", "Release Date": "2026-01-01"}),
    ],
)
def test_of_what_took_place_only_the_rows_that_say_so_are_taken(names: str, row: dict[str, Any]) -> None:
    later = {own: f"{value[:-1]}2" for own, value in row.items()}
    for undone in ("Scheduled", "Cancelled by us", "pending", "Open"):
        found = told({**row, "Status": "Completed"}, {**later, "Status": undone}, names=(names,), nested=False)
        assert found.settings["only"] == {"Status": ["Completed"]}
        assert any("only rows" in remark for remark in found.remarks)
        found = told({**row, "Status": undone}, names=(names,), nested=False)
        assert (found.register, "took place" in found.why) == ("", True)
    day = next(own for own in row if own.endswith("Date"))
    assert told({**row, day: "2027-01-01"}, names=(names,), nested=False).register == ""


def test_a_plain_yes_or_no_tells_whether_a_nonconformity_is_closed() -> None:
    rows = [{"NCR No": f"N{at}", "Root cause": "x", "Closed": word} for at, word in enumerate(("Yes", "No"))]
    found = told(*rows, names=("ncr",))
    assert found.settings["fields"]["Closed"] == "status"
    assert found.settings["values"] == {"status": {"Yes": "closed", "No": "open"}}


def test_an_interval_may_stand_where_the_next_review_is_asked_for() -> None:
    found = told({"doc_id": "P1", "revision": "1", "Next review": "12 months"}, names=("documents",))
    assert mapped(found)["Next review"] == "review_interval"


def test_what_is_recognised_as_nothing_tells_why() -> None:
    found = told({"NCR No": "1", "Colour": "red"}, {"NCR No": "1", "Colour": "blue"}, names=("ncr",))
    assert found.why == (
        "names and fields tell no register for certain; nearest: nonconformities, but no field gives each entry an id "
        "of its own"
    )


def test_parts_of_lists_are_told_and_their_values_translated() -> None:
    findings = [{"id": "F1", "type": "Minor NC", "resolved": True}, {"id": "F2", "type": "OFI", "resolved": False}]
    found = told({"id": "A1", "date": "2026-01-01", "auditor": "Ann", "findings": findings}, names=("audit_log",))
    assert mapped(found)["findings.type"] == "findings.grade"
    assert found.settings["values"] == {"findings.grade": {"Minor NC": "minor", "OFI": "opportunity"}}
    assert "findings.resolved" in dict(found.left)


@pytest.mark.parametrize(
    ("days", "order"),
    [
        (("13/02/2026", "01/03/2026"), "day-first"),
        (("02/13/2026", "01/03/2026"), "month-first"),
        (("02/03/2026", "01/03/2026"), None),
        (("13/02/2026", "02/13/2026"), None),
        (("2026-02-13", "2026-03-01"), None),
    ],
)
def test_the_order_of_dates_is_declared_where_a_value_proves_it(days: tuple[str, ...], order: str | None) -> None:
    rows = [{"NCR No": f"N{at}", "Date detected": day, "Root cause": "x"} for at, day in enumerate(days)]
    found = told(*rows, names=("ncr",))
    assert found.settings.get("dates") == order
    assert mapped(found)["Date detected"] == "detected"
    assert any("dates" in remark for remark in found.remarks) is (order is None and "/" in days[0])


@pytest.mark.parametrize(
    ("field", "value", "unit"),
    [
        ("review_interval", "12", "months"),
        ("review_interval", "365", "days"),
        ("Review cycle (months)", "5", "months"),
        ("Review cycle (years)", "2", "years"),
    ],
)
def test_a_bare_number_in_an_interval_gets_a_unit(field: str, value: str, unit: str) -> None:
    found = told({"doc_id": "P1", "revision": "1", field: value}, names=("documents",))
    assert found.settings["units"] == {"review_interval": unit}


def test_a_bare_number_that_may_be_anything_is_left_out() -> None:
    found = told({"doc_id": "P1", "revision": "1", "review_interval": "2"}, names=("documents",))
    assert found.settings["ignore"] == ["review_interval"]


def test_a_comma_that_parts_decimals_is_declared() -> None:
    found = told({"id": "O1", "objective": "on time", "kpi": "share", "target": "97,5"}, names=("objectives",))
    assert found.settings["decimal"] == "comma"


def test_statuses_in_other_words_are_translated_and_others_told() -> None:
    rows = [
        {"doc_id": f"P{at}", "revision": "1", "status": status}
        for at, status in enumerate(("Gjeldende", "Published", "draft", "Paused"))
    ]
    found = told(*rows, names=("documents",))
    assert found.settings["values"] == {"status": {"Gjeldende": "effective", "Published": "effective"}}
    assert any("'Paused' will not be read" in remark for remark in found.remarks)


@pytest.mark.parametrize(
    ("row", "is_taken"),
    [
        ({"clauses": ["9.2"]}, True),
        ({"clauses": ["9.2", "8.2.4"]}, False),
        ({"clauses": ["8.2.4"], "standard": "ISO 13485:2016"}, True),
    ],
)
def test_clauses_of_an_unnamed_standard_are_left_out(row: dict[str, Any], is_taken: bool) -> None:
    found = told({"doc_id": "P1", "revision": "1", **row}, names=("documents",))
    assert ("clauses" in mapped(found)) is is_taken
    assert (found.settings.get("ignore") == ["clauses"]) is not is_taken


def test_a_field_that_names_the_standard_otherwise_is_declared() -> None:
    found = told({"doc_id": "P1", "revision": "1", "norm": "ISO 13485", "clauses": ["8.2.4"]}, names=("documents",))
    assert found.settings["standard"] == "norm"


def test_one_field_of_ours_takes_one_of_theirs() -> None:
    found = told({"doc_id": "P1", "version": "2", "revision": "3"}, names=("documents",))
    assert mapped(found)["version"] == "version"
    assert dict(found.left)["revision"] == "version is filled by 'version'"


def test_what_is_not_of_its_own_is_no_id() -> None:
    rows = [{"code": "A", "employee": "Ann", "course": "x"}, {"code": "A", "employee": "Bob", "course": "x"}]
    found = told(*rows, names=("training",))
    assert found.settings["id_of"] == ["employee", "course"]


def test_the_name_of_a_file_is_an_id_where_there_is_no_other() -> None:
    found = told({"title": "Sales", "revision": "3", "approver": "Ann"}, names=("procedures",), of_file=True)
    assert found.settings["fields"]["file.name"] == "id"


@pytest.mark.parametrize(
    ("names", "kind"), [(("internal audits",), "internal"), (("supplier audits",), "supplier"), (("audits",), None)]
)
def test_the_kind_of_all_is_told_by_the_name_alone(names: tuple[str, ...], kind: str | None) -> None:
    found = told({"id": "A1", "auditor": "Ann", "planned date": "2026-01-01"}, names=names)
    assert found.settings.get("constants", {}).get("kind") == kind


@pytest.mark.parametrize(
    ("comment", "more", "kind"),
    [
        ("All audits performed under ISO 9001:2015 clause 9.2", {}, "internal"),
        ("Log of internal audits", {}, "internal"),
        ("Audits by 9.2.2", {}, "internal"),
        ("All audits", {}, None),
        ("Audits, internal (9.2) and of suppliers: supplier audits too", {}, None),
        ("Internal audits are kept elsewhere, not here", {}, None),
        ("Audits under ISO 13485 clause 9.2", {}, None),
        ("Audits, clause 9.20", {}, None),
        ("Log of internal audits", {"scope": "Surveillance audit by the registrar"}, None),
    ],
)
def test_the_kind_of_all_audits_may_stand_in_the_comment_on_top(
    comment: str, more: dict[str, Any], kind: str | None
) -> None:
    found = told(
        {"id": "A1", "auditor": "Ann", "planned date": "2026-01-01", **more}, names=("audits",), comment=comment
    )
    assert found.register == "audits"
    assert found.settings.get("constants", {}).get("kind") == kind


@pytest.mark.parametrize(
    ("name", "row", "own", "ours"),
    [
        ("documents", {"dok_nr": "P1", "title": "Sales", "version": "1"}, "dok_nr", "id"),
        ("documents", {"id": "P1", "title": "Sales", "version": "1", "Pfad": "a/b.md"}, "Pfad", "path"),
        ("audits", {"id": "A1", "auditor": "Ann", "durchgeführt": "2026-01-02"}, "durchgeführt", "performed"),
        ("calibrations", {"id": "K1", "equipment": "E1", "durchgeführt": "2026-01-02"}, "durchgeführt", "performed"),
        ("equipment", {"id": "E1", "name": "Scale", "due": "2026-09-01", "Intervall": "12 months"}, "Intervall", "interval"),
        ("nonconformities", {"id": "N1", "detected": "2026-01-02", "desc": "Wrong label"}, "desc", "description"),
        ("risks", {"id": "R1", "likelihood": "high", "impact": "low", "desc": "Flood"}, "desc", "description"),
    ],
)  # fmt: skip
def test_words_of_other_languages_and_short_ones_are_known(name: str, row: dict[str, Any], own: str, ours: str) -> None:
    assert dict(told(row, names=(name,)).mapped)[own] == ours


def test_what_was_complained_of_is_no_result() -> None:
    row = {"No": "1", "date received": "2026-01-02", "customer": "Meyer", "Complaint": "Label is wrong"}
    assert "Complaint" not in dict(told(row, names=("complaints",)).mapped)


def test_a_list_of_instruments_tells_calibrations_as_well() -> None:
    fields = ("Equipment_ID", "Last calibration", "Next calibration", "Certificate no")
    row = dict(zip(fields, ("E1", "2025-01-01", "2026-01-01", "C-1"), strict=True))
    table = Table([row], fields, ("calibration",))
    equipment = recognise(table, GROUNDS)
    beside = calibrations_in(table, equipment, GROUNDS)
    assert beside is not None
    assert mapped(beside) == {
        "Equipment_ID": "equipment",
        "Last calibration": "performed",
        "Certificate no": "certificate",
    }
    assert beside.settings["id_of"] == ["Equipment_ID", "Last calibration"]


def test_a_list_of_instruments_without_the_day_of_the_last_tells_none() -> None:
    fields = ("Equipment_ID", "Next calibration")
    table = Table([{"Equipment_ID": "E1", "Next calibration": "2026-01-01"}], fields, ("calibration",))
    assert calibrations_in(table, recognise(table, GROUNDS), GROUNDS) is None


@pytest.mark.parametrize(
    ("day", "status", "register"),
    [
        ("Last calibration", "Overdue", "calibrations"),
        ("Calibration date", "Active", "calibrations"),
        ("Calibration date", "Scheduled", ""),
    ],
)
def test_a_list_of_instruments_tells_no_calibration_that_is_planned(day: str, status: str, register: str) -> None:
    fields = ("Equipment_ID", day, "Next calibration", "Status")
    row = dict(zip(fields, ("E1", "2025-01-01", "2026-01-01", status), strict=True))
    table = Table([row], fields, ("calibration",))
    beside = calibrations_in(table, recognise(table, GROUNDS), GROUNDS)
    assert beside is not None
    assert (beside.register, beside.refused) == (register, not register)


@pytest.mark.parametrize(
    ("name", "registers"),
    [
        ("Audit programme 2026", ["audit_programme"]),
        ("05-management-reviews", ["management_reviews"]),
        ("nonconformity_log", ["nonconformities"]),
        ("auditorium", []),
        ("Approved Suppliers", ["providers"]),
    ],
)
def test_a_name_speaks_of_registers_by_whole_words(name: str, registers: list[str]) -> None:
    assert nouns_in(name) == registers


def test_every_synonym_leads_to_a_field_that_there_is() -> None:
    for register, table in FIELDS.items():
        for target in table:
            assert unknown_target(REGISTERS[register].model, register, target) is None
    for (register, target), words in CHOICES.items():
        assert unknown_target(REGISTERS[register].model, register, target) is None
        shape = shape_at(REGISTERS[register].model, tuple(target.split(".")))
        assert shape is not None
        assert set(words.values()) <= set(shape.choices), (register, target)
    for register, heads in HEADS.items():
        for head in heads:
            assert unknown_target(REGISTERS[register].model, register, head) is None
            assert head in PARTS
    assert set(NOUNS) <= set(REGISTERS)


_NAMES = st.sampled_from(
    [name for table in FIELDS.values() for names in table.values() for name in names]
    + [field for register in REGISTERS.values() for field in register.model.model_fields]
    + ["status", "x.y", " ", "?", "id", "key"]
)
_LEAVES = st.sampled_from(["", "TBD", "2026-01-02", "03/04/2026", "Open", "yes", "12", "9.2", "99.1", "Ann", "1,5"])
_VALUES = st.recursive(
    _LEAVES | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=3),
    max_leaves=6,
)


@given(
    rows=st.lists(st.dictionaries(_NAMES, _VALUES, max_size=6), max_size=4),
    names=st.lists(st.sampled_from(sorted({noun for nouns in NOUNS.values() for noun in nouns})), max_size=2),
)
def test_every_proposal_names_fields_that_there_are(rows: list[dict[str, Any]], names: list[str]) -> None:
    found = told(*rows, names=tuple(names))
    if not found.register:
        assert found.why
        return
    model = REGISTERS[found.register].model
    targets = [ours for _, ours in found.mapped]
    assert [unknown_target(model, found.register, target) for target in targets] == [None] * len(targets)
    own = [own for own, _ in found.mapped]
    assert len(set(own)) == len(own)
    assert not set(own) & {name for name, _ in found.left}


def test_another_spelling_of_a_field_is_not_left_out() -> None:
    rows = ({"id": "D1", "Title": "One", "Version": "1"}, {"ID": "D2", "title": "Two", "version": "2"})
    found = told(*rows, names=("documents",))
    assert mapped(found) | {"ID": "id", "title": "title", "version": "version"} == mapped(found)
    assert "ignore" not in found.settings
    assert found.left == ()
