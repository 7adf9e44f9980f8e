"""The vocabulary of checks: a closed list of kinds, one module each.

A new kind is a module and a line here. Checks know nothing of clauses; what they find, the assessment grades.
"""

from typing import Annotated

from pydantic import Field

from isocheck.checks.base import Check
from isocheck.checks.compare import Compare
from isocheck.checks.contains import Contains
from isocheck.checks.covers import Covers
from isocheck.checks.current import Current
from isocheck.checks.exists import Exists
from isocheck.checks.fills import Fills
from isocheck.checks.holds import Holds
from isocheck.checks.meets import Meets
from isocheck.checks.ordered import Ordered
from isocheck.checks.spaced import Spaced

__all__ = ["KINDS", "AnyCheck", "Check"]

AnyCheck = Annotated[
    Exists | Fills | Holds | Contains | Compare | Ordered | Current | Spaced | Meets | Covers,
    Field(discriminator="kind"),
]
"""A check of any kind, told apart by its key `kind`."""

KINDS: dict[str, type[Check]] = {
    kind.__name__.casefold(): kind
    for kind in (Exists, Fills, Holds, Contains, Compare, Ordered, Current, Spaced, Meets, Covers)
}
