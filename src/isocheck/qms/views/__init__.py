"""Views: what a path cannot say, as read-only tables; a new one is a row type, a function and a line in its family."""

from isocheck.qms.views import (
    audits,
    competence,
    designs,
    holders,
    learning,
    measures,
    operation,
    people,
    planning,
    processes,
    requirements,
    results,
    reviews,
    standards,
    states,
)
from isocheck.qms.views.base import View

__all__ = ["VIEWS", "View"]

VIEWS: dict[str, View] = {
    view.name: view
    for family in (
        processes,
        measures,
        holders,
        people,
        requirements,
        designs,
        operation,
        competence,
        planning,
        standards,
        states,
        audits,
        reviews,
        results,
        learning,
    )
    for view in family.VIEWS
}
