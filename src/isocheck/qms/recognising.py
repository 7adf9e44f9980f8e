"""What rows under an organisation's own field names are: the register that they fit best, and how to map them to it.

A wrong mapping earns a verdict that is not deserved, so that whatever is not certain is left out, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from isocheck.errors import quoted
from isocheck.qms.fitting import folded
from isocheck.qms.happened import EVENTS, done_only
from isocheck.qms.mapping import Names, own_paths
from isocheck.qms.matching import Grounds, Matching, Recognised, Table
from isocheck.qms.meanings import evidence, meanings
from isocheck.qms.registers import REGISTERS
from isocheck.qms.shape import shapes
from isocheck.qms.synonyms import FIELDS

__all__ = ["calibrations_in", "recognise"]

_ENOUGH = 2.0
_AHEAD = 0.5
_LOOKED_AT = 5
_DUE_AGAIN = frozenset({"due", "interval"})
"""What tells a list of instruments from one of their calibrations."""


def recognise(table: Table, grounds: Grounds, register: str | None = None) -> Recognised:
    """Return what rows are. With `register` only how they are mapped to it."""
    paths = own_paths(table.rows if table.nested else (), table.fields)
    if register is not None:
        return _matched(table, paths, register, grounds)
    first = sorted(_candidates(table, paths), key=lambda each: -each[0])[:_LOOKED_AT]
    tried = {name: _matched(table, paths, name, grounds) for _, name in first}
    found = sorted((one for one in tried.values() if one.register), key=lambda one: -one.score)
    if not found or found[0].score < _ENOUGH:
        return Recognised("", f"names and fields tell no register for certain{_nearest(tried)}")
    best = found[0]
    if {one.register for one in found[:2]} == {"equipment", "calibrations"}:
        return _instruments(found[:2])
    if len(found) > 1 and best.score - found[1].score < _AHEAD:
        return Recognised("", f"may be {best.register} or {found[1].register}")
    if best.register == "equipment" and _refused(tried, "calibrations") and not _DUE_AGAIN.intersection(_ours(best)):
        return Recognised("", f"may be calibrations, but {tried['calibrations'].why}")
    return best


def _refused(tried: Mapping[str, Recognised], register: str) -> bool:
    return register in tried and tried[register].refused


def _ours(found: Recognised) -> set[str]:
    return {ours for _, ours in found.mapped}


def _matched(table: Table, paths: Sequence[Names], register: str, grounds: Grounds) -> Recognised:
    """Match rows to a register; of a register of events only the rows that say that they took place."""
    part, rows = done_only(register, table.rows), table.rows
    if part is not None:
        own, values = part
        if not values:
            return Recognised("", f"no {quoted(own)} says for certain that something took place", refused=True)
        rows = [row for row in rows if str(row.get(own)) in values]
    matching = Matching(replace(table, rows=rows), paths, REGISTERS[register], grounds)
    found = matching.result()
    if register in EVENTS and matching.undone:
        return Recognised("", sorted(matching.undone)[0], refused=True)
    if part is not None:
        found.settings["only"] = {own: values}
        found.remarks += (f"only rows whose {quoted(own)} is {', '.join(map(quoted, values))} are taken in",)
        found.left = tuple((name, why) for name, why in found.left if name != own)
    return found


def _nearest(tried: Mapping[str, Recognised]) -> str:
    """Say what rows come nearest to, and why they are not taken for it."""
    for name, one in tried.items():
        return f"; nearest: {name}, but {one.why if not one.register else 'too few fields are told by their names'}"
    return ""


def _instruments(found: Sequence[Recognised]) -> Recognised:
    """Choose between a list of instruments, which says when each is due again, and one of what was done to them."""
    for one in found:
        if one.register == "equipment" and _DUE_AGAIN.intersection(_ours(one)):
            return one
    return next(one for one in found if one.register == "calibrations")


def calibrations_in(table: Table, equipment: Recognised, grounds: Grounds) -> Recognised | None:
    """Return the calibrations that a list of equipment tells beside it: the day of the last one of each instrument.

    None where it tells none; no register, with the reason, where the day may be a planned one.
    """
    own = {ours: own for own, ours in equipment.mapped}
    taken = {name for name, _ in equipment.mapped}
    days = [name for name in table.fields if folded(name) in FIELDS["calibrations"]["performed"] and name not in taken]
    if "id" not in own or not days:
        return None
    fields = (own["id"], *(name for name in table.fields if name not in taken))
    rows = Table(table.rows, fields, ("calibrations",))
    found = Matching(rows, [(name,) for name in fields], REGISTERS["calibrations"], grounds)
    found.give((own["id"],), "equipment")
    result = found.result()
    if found.undone:
        return Recognised(
            "", f"no calibrations are told beside the instruments: {sorted(found.undone)[0]}", refused=True
        )
    if dict(result.mapped).get(own["id"]) != "equipment" or "id_of" not in result.settings:
        return None
    others = [name for name in table.fields if name not in fields and _same_name(name, "calibrations")]
    if others:
        result.settings["ignore"] = [*result.settings.get("ignore", []), *others]
    return result


def _candidates(table: Table, paths: Sequence[Names]) -> Iterator[tuple[float, str]]:
    for name, register in REGISTERS.items():
        if register.single:
            continue
        told = sum(max((weight for _, _, weight in meanings(path, name)), default=0.0) for path in paths)
        if score := told + evidence(table.names, name):
            yield score, name


def _same_name(name: str, register: str) -> bool:
    return folded(name).replace(" ", "_") in shapes(REGISTERS[register].model)
