"""Words that organisations write into fields of choices, and ours for them: data for recognising."""

from __future__ import annotations

from isocheck.qms.synonyms import listed

__all__ = ["CHOICES", "DONE", "NEGATED", "PLANNED", "REFUSED", "STATES", "STATE_WORDS", "TRUTHS", "UNDONE", "UNITS"]

_DOCUMENT_STATUS = {
    "effective": "current, active, published, released, in force, in use, valid, issued, gültig, in kraft, gjeldende, "
    "i bruk, gyldig, vigente, en vigueur",
    "approved": "freigegeben, godkjent, genehmigt",
    "draft": "wip, work in progress, entwurf, utkast, in draft, drafting, brouillon, borrador",
    "in review": "review, under review, in prüfung, til godkjenning, pending approval, awaiting approval, "
    "under revisjon",
    "superseded": "replaced, ersetzt, erstattet",
    "obsolete": "withdrawn, retired, archived, ungültig, zurückgezogen, utgått, arkivert",
}

CHOICES: dict[tuple[str, str], dict[str, str]] = {
    (register, target): {name: ours for ours, names in table.items() for name in listed(names)}
    for (register, target), table in {
        ("documents", "status"): _DOCUMENT_STATUS,
        ("documents", "origin"): {"internal": "intern", "external": "extern, ekstern"},
        ("audits", "kind"): {
            "internal": "internal audit, first party, 1st party, intern, internt",
            "certification": "external certification, surveillance, recertification, third party, 3rd party, "
            "certification body, surveillance audit, certification audit",
            "customer": "customer audit",
            "supplier": "supplier audit, second party, 2nd party, vendor audit",
        },
        ("audits", "findings.grade"): {
            "major": "major nc, major nonconformity, major non conformity, major nonconformance, "
            "major non conformance, hauptabweichung, stort avvik",
            "minor": "minor nc, minor nonconformity, minor non conformity, minor nonconformance, "
            "minor non conformance, nebenabweichung, lite avvik",
            "opportunity": "ofi, opportunity for improvement, improvement, recommendation, verbesserungspotenzial, "
            "forbedringsmulighet",
            "conforming": "conformity, conform, positive, strength, compliant",
        },
        ("nonconformities", "status"): {
            "closed": "yes, true, ja, done, complete, completed, resolved, geschlossen, erledigt, lukket, avsluttet",
            "open": "no, false, nein, nei, new, in progress, under investigation, ongoing, pending, offen, "
            "in bearbeitung, åpen, under arbeid",
        },
        ("nonconformities", "kind"): {
            "output": "product, process output, product nonconformity, service",
            "system": "process, qms, system nonconformity",
            "complaint": "customer complaint, customer",
            "audit": "audit finding, internal audit, external audit",
        },
        ("nonconformities", "disposition"): {
            "use as is": "accept as is, accepted as is",
            "scrap": "scrapped, verschrottung, ausschuss, vraket",
            "rework": "reworked, nacharbeit, omarbeid",
            "return": "return to supplier, returned, returned to supplier",
            "repair": "repaired",
        },
        ("nonconformities", "effect.result"): {
            "effective": "yes, verified effective, wirksam, effektiv, ja",
            "not effective": "no, ineffective, unwirksam, ikke effektiv, nein, nei",
            "partly effective": "partially effective, partial, partially, teilweise wirksam",
        },
        ("risks", "kind"): {"risk": "threat, risiko", "opportunity": "chance, mulighet"},
        ("issues", "kind"): {
            "internal": "intern, strength, weakness",
            "external": "extern, ekstern, opportunity, threat",
        },
        ("equipment", "status"): {
            "in use": "active, in service, ok, calibrated, operational, in betrieb, i bruk, aktiv",
            "in calibration": "out for calibration, at lab, being calibrated",
            "blocked": "quarantined, out of service, do not use, gesperrt, sperret, out of order",
            "retired": "scrapped, disposed, inactive, decommissioned, ausgemustert, kassert",
        },
        ("calibrations", "as_found"): {
            "in": "in tolerance, pass, passed, ok, within tolerance",
            "out": "out of tolerance, fail, failed",
        },
        ("calibrations", "as_left"): {
            "in": "in tolerance, pass, passed, ok, within tolerance",
            "out": "out of tolerance, fail, failed",
        },
        ("providers", "status"): {
            "approved": "active, qualified, freigegeben, godkjent, aktiv",
            "conditional": "conditionally approved, probation, on probation, provisional",
            "new": "pending, under evaluation, candidate, potential",
            "blocked": "suspended, disqualified, rejected, gesperrt, sperret, not approved",
            "former": "inactive, discontinued, inaktiv",
        },
        ("providers", "evaluations.result"): {
            "passed": "pass, approved, ok, acceptable, bestanden, godkjent",
            "conditional": "conditionally approved, improvement needed",
            "failed": "fail, rejected, not approved, not acceptable",
        },
        ("feedback", "kind"): {
            "complaint": "customer complaint, beschwerde, klage",
            "praise": "compliment, lob, ros",
            "survey": "satisfaction survey, customer survey, umfrage",
            "claim": "warranty claim, warranty",
        },
    }.items()
}
"""Per register and field of choices, the organisations' values and ours."""

TRUTHS: dict[str, bool] = {
    **dict.fromkeys(("ja", "oui", "sí", "si", "critical"), True),
    **dict.fromkeys(("nein", "nei", "nej", "non", "not critical", "non critical"), False),
}

PLANNED = frozenset(
    listed(
        "planned, scheduled, rescheduled, to be scheduled, upcoming, tentative, provisional date, not started, "
        "not yet started, not done, not held, "
        "not performed, not completed, not conducted, not yet, cancelled, canceled, postponed, deferred, skipped, "
        "missed, no show, not attended, did not attend, todo, to do, tbd, tbc, geplant, verschoben, abgesagt, "
        "ausgefallen, planlagt, utsatt, avlyst"
    )
)
"""What says of a day that it is the one for which something is planned, or that nothing came of it."""

UNDONE = frozenset(
    listed(
        "open, pending, overdue, due, in progress, ongoing, incomplete, awaiting, outstanding, waiting, requested, "
        "booked, enrolled, registered, invited, not approved, not released, not closed, not implemented, "
        "not calibrated, offen, ausstehend, in bearbeitung, überfällig, åpen, pågår, forfalt"
    )
)
"""What says of an entry that it is still to be done, which a review of it does not contradict."""

REFUSED = frozenset(
    listed(
        "not approved, unapproved, rejected, refused, declined, disapproved, disqualified, not released, on hold, "
        "fail, failed, not passed, absent, abgelehnt, nicht freigegeben, nicht bestanden, avvist, ikke godkjent"
    )
)
"""What says that leave or a competence was not given."""

DONE = frozenset(
    listed(
        "completed, complete, done, closed, passed, pass, attended, performed, held, released, approved, accepted, ok, "
        "yes, true, valid, current, calibrated, in tolerance, finished, certified, competent, abgeschlossen, erledigt, "
        "bestanden, ja, fullført, bestått, gjennomført"
    )
)
"""What says without doubt that something took place."""

STATE_WORDS = frozenset(
    listed("status, state, stage, progress, result, outcome, decision, completion, attendance, tilstand, ergebnis")
)
"""Words in the names of fields that tell how far something has come."""

NEGATED = frozenset(
    listed(
        "done, completed, complete, performed, held, conducted, attended, released, approved, calibrated, closed, "
        "implemented, passed, is approved, is closed, is complete"
    )
)
"""Names of fields in which a plain no says that nothing happened yet."""

STATES = frozenset(
    listed(
        "open, closed, in progress, completed, complete, done, pending, yes, no, ongoing, not started, planned, "
        "overdue, "
        "approved, rejected, active, inactive, ok, true, false, new, resolved, cancelled, on hold, "
        "under review, draft, "
        "offen, geschlossen, erledigt, in bearbeitung, åpen, lukket, ja, nein, nei, implemented, none, scheduled"
    )
)
"""What tells a state or an answer: a field that holds nothing else describes nothing."""

UNITS = {
    **dict.fromkeys(("day", "days", "tage", "dager"), "days"),
    **dict.fromkeys(("week", "weeks", "wochen", "uker"), "weeks"),
    **dict.fromkeys(("month", "months", "monate", "måneder", "mths", "mo"), "months"),
    **dict.fromkeys(("year", "years", "jahre", "år", "yrs"), "years"),
}
