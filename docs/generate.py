"""Writes the reference pages under docs/ from the descriptions in the code and in the packs.

Run `python docs/generate.py`; a test holds the pages against what this would write.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pydantic import BaseModel

from isocheck.checks import KINDS, Check, conditions, paths
from isocheck.qms import settings
from isocheck.qms.registers import REGISTERS
from isocheck.qms.shape import Shape, shapes
from isocheck.qms.views import VIEWS
from isocheck.sources.yaml_reader import read_yaml
from isocheck.standard import model
from isocheck.standard.packs import DEFAULT_PACK, load_pack
from isocheck.terms import label

HERE = Path(__file__).resolve().parent
CLAUSES = HERE.parent / "clauses" / DEFAULT_PACK


def requirements() -> Iterator[str]:
    """Yield the page on requirements that no letter carries."""
    yield """# Requirements that no letter carries

The standard numbers its lists by letters, and states further duties in sentences between them. A gap in such a
sentence has to be named too, so that each has an id of its own: `-s1`, `-s2` in the order of the text. What a
lead-in demands beyond its list is among them (that audits are held at planned intervals in 9.2.1); a lead-in that
only introduces its list is not, since its letters carry it.
"""
    pack = load_pack(DEFAULT_PACK)
    yield from _table(
        ("requirement", "what it asks for"),
        ((label(id_), each.statement) for id_, each in pack.requirements.items() if re.search(r"-s\d$", id_)),
    )


def registers() -> Iterator[str]:
    """Yield the page on the registers of a description."""
    yield """# Registers and their fields

What a description may hold; [how it is written](describing.md) is told elsewhere. Every field may be left out: what
is missing is a gap that a check reports, never an unreadable file. Only `id` is mandatory, in every register that
holds a list of entries.

A reference is written as the plain id of what it names, or as `register/id` where several registers are given.
Entries also take `site`, `note` and `extra` (the organisation's own fields); no check looks at the last two.

A text is to tell something: a bare `none`, `no`, `nil`, `nothing`, `false`, `unknown` or `pending` leaves it empty, and
a reference too. A text that is taken *as it stands* is a name, or an answer that may well be none.
"""
    common = {"id", "site", "note", "extra"}
    for register in REGISTERS.values():
        yield f"\n## `{register.name}`: {register.title}\n"
        yield f"{inspect.getdoc(register.model)}{' One entry, without an id.' if register.single else ''}\n"
        yield from _fields(register.model, common)


def described_settings() -> Iterator[str]:
    """Yield the page on isocheck.yaml."""
    yield """# What stands in isocheck.yaml

Settings of a description, at the top of its folder; every one may be left out. [How a description is
written](describing.md) and [how files of your own are read](sources.md) show them at work.
"""
    yield from _model(settings.Settings)
    yield from _parts(
        (settings.SourceSettings, "A source (`sources`)"),
        (settings.SampleSettings, "A sample (`sample` of a source)"),
        (settings.ApprovalSettings, "Approvals in git (`approval` of a source)"),
        (settings.EngagementSettings, "The engagement (`engagement`)"),
        (settings.Occasion, "An occasion that did not arise (`occasions`)"),
    )


def packs() -> Iterator[str]:
    """Yield the page on the format of packs."""
    yield f"""# How a pack is written

A pack holds one edition of one standard as YAML: what each requirement asks for, in our own words, and how a
description shows whether it is met. Nobody needs to know Python to read or mend one.

A pack is a folder below `clauses/`, named like its `id`, with `pack.yaml` and one file a section. Every pack is
checked when it loads: an unknown field, a path that leads nowhere or a name that stands twice is an error with file,
line and column, never a false gap. `isocheck schema pack` prints the JSON Schema for editors, and
`isocheck explain 9.2.2-c` shows a requirement as users see it.

This is a requirement with its checks, as it stands in `{DEFAULT_PACK}`:

```yaml
{_requirement("9.2.2-c")}
```

## `pack.yaml`
"""
    yield from _model(model.PackFile)
    yield from _parts(
        (model.IntervalSpec, "An interval"),
        (model.Exceeded, "Grades of an overrun interval (`exceeded`)"),
        (model.AlsoDue, "What else falls due (`calendar`)"),
        (model.Root, "A root"),
        (model.Integrity, "What does not hold (`integrity`)"),
    )
    yield "\n## A section's file\n"
    yield from _model(model.SectionFile)
    yield from _parts(
        (model.Clause, "A clause"),
        (model.Requirement, "A requirement"),
        (model.Documented, "Documented information (`documented`)"),
        (model.IfMissing, "Absence (`if_missing`)"),
        (model.SubItem, "A numbered sub-item (`items`)"),
    )
    yield """
## Checks

A check answers *passed*, *failed* or *nothing to look at*, and nothing to look at never passes:

"""
    yield from _table(("reason", "when", "what follows"), _NOTHING)
    yield """
A check whose grade is `opportunity` never makes a requirement described, and its failure lowers nothing.

Keys that every kind takes:
"""
    yield from _model(Check)
    for name, kind in KINDS.items():
        yield f"\n### `{name}`: {kind.title}\n"
        yield f"{inspect.getdoc(kind)}\n"
        yield from _model(kind, {*Check.model_fields, "kind"})
        id_, check = _example(kind)
        yield f"\nFor example in {label(id_)}:\n\n```yaml\n{_check(id_, check.name)}\n```\n"
        yield f"In words: {check.plain()}\n"
    yield f"\n## Paths\n\n{_prose(paths)}\n"
    yield from _table(("path", "from", "what it is"), ((f"`{path}`", f"`{of}`", words) for path, of, words in _PATHS))
    yield f"\n## Conditions\n\n{_prose(conditions)}\n"
    yield from _table(("condition", "fits where"), ((f"`{text}`", words) for text, words in _CONDITIONS))
    yield """
## Views

What a path cannot say is a view: a read-only table drawn from registers, which checks use like one.
"""
    for view in VIEWS.values():
        yield f"\n### `{view.name}`\n"
        yield f"{inspect.getdoc(view.row)} Rests on {' or '.join(f'`{name}`' for name in view.rests_on)}.\n"
        columns = {name: shape for name, shape in shapes(view.row).items() if name not in ("at", "item", "route")}
        yield f"Columns: {', '.join(f'`{name}` ({_holds(shape)})' for name, shape in columns.items())}.\n"


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "requirements.md": requirements,
    "registers.md": registers,
    "settings.md": described_settings,
    "packs.md": packs,
}


def page(name: str) -> str:
    """Return the text of a page."""
    text = "\n".join(PAGES[name]())
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


_NOTHING = (
    (
        "absent",
        "the register is empty, or all registers that a view rests on are",
        'the requirement is not described, or "not yet" where isocheck.yaml declares it; `may_be_empty` lifts that',
    ),
    (
        "no occasion",
        "the register has entries, and the condition fits none of them",
        "nothing; where no check of the requirement saw anything, it is unassessed",
    ),
    (
        "blank",
        "the condition or the compared field is empty",
        "the entry is counted as not looked at; where all are blank, it acts as absent",
    ),
)
_PATHS = (
    ("performed", "audits", "the day on which the audit was completed"),
    ("findings.grade", "audits", "the grades of all its findings"),
    ("auditors.roles", "audits", "the roles of the people who audited"),
    ("parent.kind", "audits.findings", "the kind of audit in which the finding stands"),
    ("results.last.value", "objectives", "the newest value"),
    ("arises_from.register", "risks", "the register that it arises from, such as issues"),
    ("organisation.alone", "any table", "whether the organisation is one person"),
)
_CONDITIONS = (
    ("kind: internal", "kind is internal; unknown where it is empty"),
    ("grade: [minor, major]", "grade is minor or major"),
    ("kind: {not: [complaint]}", "kind is anything else, or empty"),
    ("closed: {is: set}", "there is a closing day, and it has come"),
    ("expires: {not_before: as_of}", "it is in force on the day of the assessment, or never expires"),
    ("reviewed: {before: due}", "the review came before the due day"),
)

# --- parts of pages -------------------------------------------------------------------


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        cells = (" ".join(cell.split()).replace("|", "&#124;") for cell in row)
        yield f"| {' | '.join(cells)} |"


def _parts(*parts: tuple[type[BaseModel], str]) -> Iterator[str]:
    for part, title in parts:
        yield f"\n### {title}\n"
        yield f"{inspect.getdoc(part)}\n"
        yield from _model(part)


def _model(kind: type[BaseModel], left_out: Iterable[str] = ()) -> Iterator[str]:
    yield from _table(
        ("key", "", "what it says"),
        (
            (f"`{field.alias or name}`", "" if field.is_required() else "optional", field.description or "")
            for name, field in kind.model_fields.items()
            if name not in set(left_out)
        ),
    )


def _fields(row: type, left_out: Iterable[str] = (), within: str = "") -> Iterator[str]:
    assert issubclass(row, BaseModel)
    yield from _table(("field", "holds", "what it says"), _field_rows(row, set(left_out), within))


def _field_rows(row: type[BaseModel], left_out: set[str], within: str) -> Iterator[tuple[str, ...]]:
    for name, shape in shapes(row).items():
        if name in left_out:
            continue
        field = row.model_fields[name]
        shown = f"{within}{field.alias or name}"
        yield (f"`{shown}`", _holds(shape), field.description or "")
        if shape.row is not None and issubclass(shape.row, BaseModel):
            yield from _field_rows(shape.row, set(), f"{shown}.")


_NOUNS = {
    "text": ("text", "texts"),
    "interval": ("interval", "intervals"),
    "number": ("number", "numbers"),
    "truth": ("true or false", "truth values"),
    "clause": ("clause or requirement", "clauses or requirements"),
    "row": ("fields", "list of entries"),
    "free": ("anything", "anything"),
}


def _holds(shape: Shape) -> str:
    if shape.kind == "date":
        return "day that may lie ahead" if shape.ahead else "day"
    if shape.kind == "choice":
        return f"{'some' if shape.many else 'one'} of {', '.join(shape.choices)}"
    if shape.kind == "reference":
        targets = " or ".join(f"`{name}`" for name in dict.fromkeys(shape.targets))
        return f"{'references' if shape.many else 'reference'} to {targets}"
    return _NOUNS[shape.kind][shape.many] + (", as it stands" if shape.verbatim else "")


def _example(kind: type[Check]) -> tuple[str, Check]:
    """Return the check of a kind that says most, with its requirement: the one with the longest reading."""
    found = [
        (id_, check)
        for id_, requirement in load_pack(DEFAULT_PACK).requirements.items()
        for check in requirement.checks
        if isinstance(check, kind)
    ]
    return max(found, key=lambda pair: (len(pair[1].model_fields_set), pair[0]))


def _prose(module: object) -> str:
    """Return what a module's docstring says below its first line."""
    return (inspect.getdoc(module) or "").partition("\n\n")[2] + "\n"


def _requirement(id_: str) -> str:
    """Return the lines of a requirement as the pack has them."""
    return _lines(id_, ())


def _check(id_: str, name: str) -> str:
    """Return the lines of a check as the pack has them."""
    checks = load_pack(DEFAULT_PACK).requirements[id_].checks
    return _lines(id_, ("checks", [check.name for check in checks].index(name)))


def _lines(id_: str, below: tuple[str | int, ...]) -> str:
    for path in sorted(CLAUSES.glob("[0-9]*.yaml")):
        raw = path.read_bytes()
        document = read_yaml(raw, path.name)
        for at, clause in enumerate(document.data["clauses"]):
            for index, requirement in enumerate(clause.get("requirements", ())):
                if requirement["id"] == id_:
                    place = document.locate(("clauses", at, "requirements", index, *below))
                    return _item(raw.decode().splitlines(), place.line - 1)
    raise AssertionError(f"no file has {id_}")


def _item(lines: list[str], first: int) -> str:
    """Return an item of a block list: its first line and what is indented below it."""
    indent = lines[first].index("-")
    last = first + 1
    while last < len(lines) and (not lines[last].strip() or lines[last].startswith(" " * (indent + 1))):
        last += 1
    return textwrap.dedent("\n".join(lines[first:last])).rstrip()


if __name__ == "__main__":
    for name in PAGES:
        (HERE / name).write_text(page(name), "utf-8")
