"""Words by which organisations call registers and fields, and ours for them: data for recognising.

A word stands here only where it means our field wherever it was met. Names are folded: lower case, words by spaces.
Where several own names mean one field, the one that stands first is taken.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["FIELDS", "HEADS", "ID_WORDS", "LATE_IDS", "NOUNS", "PARTS", "listed"]


def listed(text: str) -> tuple[str, ...]:
    """Return the words of a text that commas part."""
    return tuple(" ".join(part.split()) for part in text.split(","))


def _fields(table: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {target: listed(names) for target, names in table.items()}


# --- registers: what a file, folder, sheet or key is called that holds one -------------------

NOUNS: dict[str, tuple[str, ...]] = {
    register: listed(names)
    for register, names in {
        "issues": "context issue, internal and external issue, external issue, internal issue, swot",
        "interested_parties": "interested party, stakeholder, interessenten, interessepart",
        "obligations": "obligation, legal register, compliance obligation, legal requirement, statutory requirement, "
        "rechtskataster",
        "roles": "role, job description, stelle, rolle",
        "people": "people, person, employee, staff, personnel, mitarbeiter, ansatt",
        "competence": "competence, competency, training, training record, training matrix, skill matrix, "
        "qualification, schulung, schulungen, kompetanse, opplæring",
        "awareness": "awareness",
        "communication": "communication plan, communication matrix, communication",
        "knowledge": "organisational knowledge, organizational knowledge",
        "processes": "process, process list, process map, prozess, prozesse, prosess, prosesser",
        "changes": "change request, change control, change log, qms change, change",
        "documents": "document, doc, document register, document list, master list, master document list, controlled "
        "document, procedure, sop, policy, work instruction, dokument, dokumentliste, dokumentregister, prosedyre, "
        "verfahrensanweisung, arbeitsanweisung",
        "records": "record list, record register, records register, retention schedule, list of record",
        "objectives": "quality objective, objective, qualitätsziel, kvalitetsmål",
        "risks": "risk, risk register, risk and opportunity, opportunity, risiko, risiken, risikoer, risikoregister, "
        "chancen",
        "equipment": "equipment, instrument, gauge, calibration, calibration schedule, measuring equipment, "
        "measuring device, prüfmittel, måleutstyr, kalibrering, kalibrierung",
        "calibrations": "calibration, calibration record, calibration log, calibration history, kalibrierung, "
        "kalibrering",
        "products": "product list, product catalogue, product register",
        "orders": "order review, contract review, customer order",
        "providers": "supplier, approved supplier, approved supplier list, vendor, provider, external provider, "
        "subcontractor, lieferant, lieferanten, leverandør, leverandører",
        "property": "customer property, property of others",
        "releases": "release, product release, release record, release log",
        "nonconformities": "nonconformity, nonconformance, non conformity, non conformance, ncr, nc, capa, car, "
        "corrective action, abweichung, abweichungen, avvik, reklamation",
        "feedback": "feedback, complaint, customer complaint, customer satisfaction, satisfaction survey, "
        "kundeklage, beschwerde",
        "improvements": "improvement, improvement log, forbedring, forbedringer, verbesserung, verbesserungen",
        "audit_programme": "audit programme, audit program",
        "audits": "audit, internal audit, audit log, audit schedule, audit plan, audit report, supplier audit, "
        "revisjon",
        "management_reviews": "management review, managementbewertung, ledelsens gjennomgang, ledelsens gjennomgåelse",
    }.items()
}

ID_WORDS = listed("id, no, nr, number, code, ref, reference, key, num, nummer, kode, identifier")
"""What an id is called, alone or behind a register's noun (risk_id)."""

LATE_IDS: dict[str, tuple[str, ...]] = {
    "documents": listed("document, doc"),
    "feedback": listed("complaint"),
    "audits": listed("audit"),
    "releases": listed("release"),
    "management_reviews": listed("management review"),
}
"""What an id is called where another field has the title or the description already."""

# --- fields -----------------------------------------------------------------------------------

_ACTION = {
    "what": "action, description, task, what, maßnahme, tiltak",
    "owner": "responsible, assigned to, assignee, action owner, who, verantwortlich, ansvarlig",
    "due": "due date, deadline, target date, by when, frist",
    "done": "completed, completion date, done date, closed date, date completed, date closed, closed on, completed on",
}
_FLAT_ACTION = {
    "actions.what": "corrective action, action plan, action taken, planned action, mitigation, treatment, "
    "korrekturmaßnahme, korrigerende tiltak",
    "actions.owner": "action owner, action responsible, responsible for action",
    "actions.due": "closure due, due date, due, action due, action due date, target date, deadline, "
    "target closure date, frist",
    "actions.done": "action completed, action done, action completion date, implemented on, implementation date",
}

FIELDS: dict[str, dict[str, tuple[str, ...]]] = {
    register: _fields(table)
    for register, table in {
        "issues": {
            "kind": "type, category",
            "description": "issue, context issue",
            "effect": "impact, effect on qms",
            "reviewed": "last reviewed, last review, review date",
        },
        "interested_parties": {
            "name": "interested party, party, stakeholder",
            "needs.text": "needs and expectations, need, requirements, expectations, needs expectations",
            "reviewed": "last reviewed, last review, review date",
        },
        "obligations": {
            "title": "law, regulation, requirement, name",
            "source": "reference, legal reference, citation",
            "met_by": "how met, how complied, compliance measure, evidence of compliance",
            "owner": "responsible",
            "reviewed": "last reviewed, last review, last checked, review date",
        },
        "roles": {
            "title": "role, role name, name, job title, position",
            "responsibilities": "responsibility, duties",
            "authorities": "authority",
            "competences": "competence, competencies, required competence, required skills",
        },
        "people": {
            "name": "full name, employee, employee name, person",
            "roles": "role, position, job title, function",
            "joined": "start date, hire date, date of hire, date hired",
            "left": "end date, leaving date, date left",
        },
        "competence": {
            "person": "employee, employee name, name, trainee, staff member, mitarbeiter, ansatt, attendee",
            "competence": "training, course, course name, course title, training topic, training title, topic, skill, "
            "qualification, training name, kurs, schulung",
            "gained.date": "completed, completion date, date completed, training date, date of training, trained on, "
            "date trained, completed on, training completed, date, datum, dato",
            "expires": "expiry, expiry date, expiration date, expiration, valid until, valid to, expires on, "
            "gültig bis, utløper",
            "evidence": "certificate, certificate no, certificate number, record",
            "effect.by": "effectiveness evaluated by, effectiveness checked by",
            "effect.date": "effectiveness date, effectiveness check date, effectiveness evaluated on",
        },
        "processes": {
            "name": "process, process name, title, prozess, prosess",
            "owner": "process owner, responsible",
            "purpose": "aim, objective of process",
            "documents": "procedures, related documents",
        },
        "changes": {
            "description": "change, change description, title, summary",
            "purpose": "reason, reason for change, justification",
            "planned_date": "requested on, request date, date requested, planned for",
            "done": "implemented, implemented on, implementation date, date implemented",
            "authorised_by": "approved by, approver, authorized by",
        },
        "documents": {
            "title": "name, document title, document name, doc title, titel, tittel, dokumentname, document",
            "type": "doc type, document type, kind, category, dokumenttyp, dokumenttype",
            "version": "revision, rev, rev no, revision no, revision number, ver, version no, version number, "
            "current version, current revision, issue no, stand, versjon, revisjon",
            "status": "doc status, document status, state, tilstand",
            "owner": "document owner, doc owner, process owner, dokumenteier, eier, dokumenteigentümer",
            "author": "authors, written by, prepared by, created by, drafted by, autor, verfasser, forfatter, "
            "utarbeidet av, erstellt von",
            "reviewed_by": "reviewer, reviewers, checked by, geprüft von, kontrollert av",
            "reviewed": "last reviewed, last review, last review date, review date, date reviewed, last reviewed on",
            "approved_by": "approver, approvers, approved, freigegeben von, godkjent av",
            "approved": "approved date, approval date, date approved, approved on, freigegeben am, godkjent dato",
            "effective": "effective date, effective from, valid from, date effective, issue date, date of issue, "
            "in force from, gültig ab, gyldig fra",
            "review_due": "next review, next review date, review due date, next review due, review by, due for review, "
            "nächste prüfung, neste revisjon",
            "review_interval": "next review, review cycle, review frequency, review period, review frequency months",
            "path": "file, file path, filename, file name, pfad, dateipfad",
            "location": "link, url, storage location",
            "clauses": "clause, iso clause, iso clauses, iso 9001 clause, iso 9001 clauses, clause reference, "
            "related clauses, standard clause, iso9001 clauses",
            "processes": "process, related process, related processes",
            "supersedes": "replaces, supersedes document, erstatter, ersetzt",
            "references": "related, related documents, related docs, see also, linked documents, reference documents",
            "retention": "retention period",
        },
        "records": {
            "title": "record, record name, name, record title",
            "owner": "responsible, record owner",
            "location": "storage location, where kept, kept at",
            "retention": "retention period, retention time, kept for",
            "disposition": "disposal, disposal method",
        },
        "objectives": {
            "statement": "objective, goal, quality objective, description, ziel, mål",
            "indicator": "kpi, measure, metric, kennzahl",
            "target": "target value, zielwert",
            "due": "due date, target date, deadline",
            "owner": "responsible, accountable, ansvarlig, verantwortlich",
        },
        "risks": {
            "kind": "type, risk or opportunity",
            "description": "risk, risk description, title, risk opportunity, event, risiko, beskrivelse",
            "likelihood": "probability, eintrittswahrscheinlichkeit, sannsynlighet",
            "impact": "severity, consequence, auswirkung, konsekvens",
            "owner": "risk owner, responsible, ansvarlig, verantwortlich",
            "reviewed": "last reviewed, last review, review date, date reviewed",
            "closed": "closed on, date closed, closed date, closing date",
            **_FLAT_ACTION,
        },
        "equipment": {
            "id": "asset id, asset no, asset number, tag, tag no, inventory no",
            "name": "equipment, instrument, description, equipment name, instrument name, type, bezeichnung, navn",
            "used_for": "measurand, measures, use",
            "interval": "calibration interval, cal interval, calibration frequency, frequency, cal frequency, "
            "calibration cycle, prüfintervall, kalibreringsintervall, intervall",
            "due": "next calibration, next calibration due, next cal due, calibration due, cal due, due date, "
            "next due, "
            "calibration due date, next calibration date, next cal, nächste prüfung, nächste kalibrierung, "
            "neste kalibrering",
            "status": "state, calibration status",
            "location": "department, standort, plassering",
            "traceable_to": "traceability, reference standard, calibration standard",
        },
        "calibrations": {
            "equipment": "equipment id, instrument id, gauge id, asset id, equipment no, instrument, asset, tag, "
            "equipment number, instrument no",
            "performed": "calibration date, calibrated on, date calibrated, last calibration, last calibrated, "
            "date performed, cal date, last cal, last calibration date, last cal date, date of calibration, date, "
            "letzte kalibrierung, sist kalibrert, durchgeführt, durchgeführt am",
            "by": "calibrated by, performed by, laboratory, lab, technician, calibration lab",
            "certificate": "certificate no, certificate number, cert no, cert number, certificate ref",
            "as_found": "as found result, as found status",
            "as_left": "as left result, as left status",
            "result": "outcome, pass fail",
        },
        "products": {"name": "product, product name, title"},
        "orders": {
            "customer": "client, customer name, kunde",
            "product": "item, part",
            "reviewed": "review date, reviewed on, contract review date",
        },
        "providers": {
            "name": "supplier, supplier name, vendor, vendor name, provider, company, lieferant, leverandør",
            "provides": "product, products, service, services, scope, products services, supplies, goods, category",
            "critical": "criticality, is critical",
            "status": "approval status, supplier status",
            "approved": "approval date, date approved, approved on, approved since",
            "reevaluate_by": "next evaluation, next review, next evaluation date, re evaluation due, next audit, "
            "reevaluation due, re evaluation date, review due, next assessment",
            "evaluation_interval": "evaluation frequency, review frequency",
            "evaluations.date": "last evaluation, last evaluated, evaluation date, last evaluation date, last review, "
            "last assessed",
            "evaluations.result": "evaluation result, evaluation outcome",
            "certificates.name": "certification, certifications, certificate",
            "certificates.number": "certificate no, certificate number",
            "certificates.expires": "certificate expiry, cert expiry, certificate expires, certificate valid until, "
            "expiry, expiry date, certification expiry, iso 9001 expiry, certificate expiry date",
        },
        "property": {"owner": "customer", "item": "description, property"},
        "releases": {
            "product": "item, part, product name, article",
            "batch": "lot, batch no, batch number, lot no, lot number, serial no, serial number",
            "criteria": "acceptance criteria, specification",
            "released": "release date, released on, date released, date of release, date, datum, dato",
            "released_by": "approved by, authorised by, authorized by, releaser",
        },
        "nonconformities": {
            "id": "ncr, nc, capa",
            "description": "title, issue, problem, problem description, summary, nonconformity, finding, "
            "beschreibung, beskrivelse",
            "detected": "date detected, detection date, detected on, date found, found on, date raised, raised on, "
            "raised, opened, date opened, opened on, reported on, date reported, date, reported, datum, dato",
            "source": "origin, detected through, found by, quelle, kilde",
            "process": "area, department",
            "correction.what": "immediate action, correction, containment, containment action, sofortmaßnahme, "
            "strakstiltak",
            "disposition": "disposition decision",
            "cause": "root cause, cause analysis, root cause analysis, ursache, årsak, rotårsak",
            "cause_category": "cause code, root cause category",
            "effect.date": "effectiveness check date, effectiveness verified on, verification date, "
            "effectiveness date, "
            "date verified, effectiveness check",
            "effect.by": "verified by, effectiveness verified by, effectiveness checked by",
            "effect.result": "effectiveness, effective, effectiveness result, effectiveness check result",
            "status": "state, nc status, capa status, closed, is closed",
            "closed": "date closed, closed on, closure date, closed date, closing date, closed at, date of closure, "
            "geschlossen am, lukket dato",
            **_FLAT_ACTION,
        },
        "feedback": {
            "kind": "type, category",
            "customer": "client, customer name, complainant, kunde",
            "method": "channel, how received",
            "date": "received, date received, received on, complaint date, survey date, datum, dato",
            "result": "description, summary, outcome, score",
            "answered": "response, date answered, response date, answered on, replied on, responded on",
            "nonconformity": "nc, ncr, nc id, ncr no, linked nc",
        },
        "improvements": {
            "what": "suggestion, improvement, title, description, idea, proposal, vorschlag, forslag",
            "arises_from": "source, origin",
            "owner": "responsible, assigned to",
            "decided": "date decided, decision date, approved on, approval date",
            "done": "implemented on, date implemented, implementation date, completed on, completion date",
            "result": "outcome, benefit",
        },
        "audit_programme": {"period": "year", "starts": "start, from", "ends": "end, to"},
        "audits": {
            "kind": "type, audit type",
            "planned": "planned date, date planned, scheduled, scheduled date, planned for, scheduled for, due date, "
            "planned on, plan date, geplant, planlagt",
            "performed": "audit date, date performed, performed on, date conducted, conducted on, conducted, "
            "completed on, completion date, date completed, actual date, completed, date, durchgeführt am, "
            "durchgeführt, gjennomført, dato, datum",
            "auditors": "auditor, lead auditor, auditor s, audit team, auditor name, revisor",
            "processes": "process, process audited, audited process",
            "scope": "area, audit scope, department, subject, bereich, område",
            "clauses": "clause, iso clause, iso clauses, iso 9001 clauses, clauses audited, clause s",
            "criteria": "audit criteria",
            "objectives": "objective, audit objective",
            "report": "report ref, report no, audit report, report number",
        },
        "management_reviews": {
            "held": "date held, meeting date, review date, held on, date, datum, dato, durchgeführt, durchgeführt am",
            "planned": "planned date, scheduled, scheduled date, planned for",
            "chaired_by": "chair, chairperson, chaired, led by",
            "attendees": "participants, present, attended by, teilnehmer, deltakere",
            "minutes": "minutes ref, record, minutes document",
            "id": "review id, review no, review number, meeting id, meeting no, meeting number, mr id, mr no",
        },
    }.items()
}
"""Per register, for each of our fields the names that mean it; a name that is ours itself needs no line."""

HEADS: dict[str, dict[str, tuple[str, ...]]] = {
    "audits": {"findings": ("observations", "results", "nonconformities", "audit findings")},
    "nonconformities": {"actions": ("corrective actions", "action plan", "capa actions")},
    "risks": {"actions": ("treatments", "mitigations", "measures")},
    "objectives": {"results": ("measurements", "values")},
    "management_reviews": {"outputs": ("decisions", "actions", "action items"), "inputs": ("topics", "agenda")},
    "providers": {"evaluations": ("assessments",), "certificates": ("certifications",)},
    "documents": {"history": ("revision history", "revisions", "change history", "changelog")},
}
"""Names of lists of parts."""

PARTS: dict[str, dict[str, tuple[str, ...]]] = {
    "actions": _fields(_ACTION),
    "findings": _fields(
        {
            "grade": "type, severity, classification, category, level, finding type, grading",
            "statement": "description, finding, text, title, summary, observation",
            "clause": "iso clause, clauses, clause reference, requirement",
            "nonconformity": "nc, ncr, nc id, capa, capa id",
            "response_due": "due, due date, deadline, closure due",
        }
    ),
    "outputs": _fields({**_ACTION, "action": "decision, description, what, task", "what": ""}),
    "inputs": _fields({"summary": "notes, conclusion"}),
    "results": _fields({"date": "measured on, month", "value": "result, actual"}),
    "evaluations": _fields({"date": "evaluated on, evaluation date", "by": "evaluator, evaluated by"}),
    "certificates": _fields({"expires": "expiry, valid until, expiry date", "name": "certificate, standard, type"}),
    "history": _fields({"version": "revision, rev", "what": "change, changes, description, summary"}),
}
"""The same for the parts in a list, by the list's name."""
