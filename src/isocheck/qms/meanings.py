"""What names mean: which register a file or folder speaks of, and which of our fields an own one may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from isocheck.qms.fitting import folded
from isocheck.qms.mapping import Names, shape_at
from isocheck.qms.registers import REGISTERS
from isocheck.qms.shape import shapes
from isocheck.qms.synonyms import FIELDS, HEADS, ID_WORDS, LATE_IDS, NOUNS, PARTS
from isocheck.qms.value_synonyms import UNITS

__all__ = ["AT_LEAST", "KEYS", "SAID", "evidence", "known_names", "meanings", "nouns_in"]


KEYS: dict[str, tuple[str, ...]] = {
    "competence": ("person", "competence", "gained.date"),
    "calibrations": ("equipment", "performed"),
    "people": ("name",),
    "providers": ("name",),
    "roles": ("title",),
    "processes": ("name",),
    "interested_parties": ("name",),
    "obligations": ("title",),
    "management_reviews": ("held", "planned"),
    "objectives": ("statement",),
    "documents": ("title", "version"),
}
"""Fields that tell entries apart where none is called an id."""
AT_LEAST = {"competence": 2, "calibrations": 2}
"""How many of them are needed although fewer would do today: people take another training."""

_DOCUMENT_IDS = (
    *("doc id", "document id", "doc no", "document no", "document number", "doc code"),
    *("dok nr", "dok id", "dokument nr", "dokumentnummer", "dokumentnr"),
)

SAID = (
    ("internal audit", ("external",), "audits", "internal"),
    ("supplier audit", (), "audits", "supplier"),
    ("complaint", ("praise", "feedback"), "feedback", "complaint"),
    ("risk", ("opportunit", "chance"), "risks", "risk"),
)
"""Words in names that tell the kind of every entry, unless one of others stands there too: register and kind."""


def nouns_in(name: str) -> list[str]:
    """Return the registers that a name speaks of; a longer noun covers a shorter one within it."""
    words = [_singular(word) for word in folded(name).split()]
    found: list[tuple[int, int, str]] = []
    for noun, registers in _nouns().items():
        for at in range(len(words) - len(noun) + 1):
            if tuple(words[at : at + len(noun)]) == noun:
                found += ((at, at + len(noun), register) for register in registers)
    longest = [
        register
        for begin, end, register in found
        if not any(b <= begin and end <= e and e - b > end - begin for b, e, _ in found)
    ]
    return list(dict.fromkeys(longest))


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


@cache
def _nouns() -> dict[Names, tuple[str, ...]]:
    found: dict[Names, tuple[str, ...]] = {}
    for register, names in NOUNS.items():
        for name in (*names, register.replace("_", " ")):
            noun = tuple(_singular(word) for word in folded(name).split())
            found[noun] = tuple(dict.fromkeys((*found.get(noun, ()), register)))
    return found


@cache
def _bare(register: str) -> frozenset[Names]:
    return frozenset(noun for noun, registers in _nouns().items() if register in registers)


def _without_noun(name: str, register: str) -> str:
    """Return a folded name without the register's noun before it: "supplier name" is "name" among suppliers."""
    words = name.split()
    for length in range(len(words) - 1, 0, -1):
        if tuple(map(_singular, words[:length])) in _bare(register):
            return " ".join(words[length:])
    return ""


def evidence(names: Sequence[str], register: str) -> float:
    """Return how much names speak for a register: the nearest one most, and those that speak of several less."""
    total = 0.0
    for at, name in enumerate(names[:4]):
        spoken = nouns_in(name)
        if register in spoken:
            total += (2.0, 1.5, 1.0, 0.5)[at] / (1 if len(spoken) == 1 else 1.3)
    return min(total, 3.0)


@cache
def _known(register: str) -> dict[str, tuple[tuple[int, str], ...]]:
    """Return, for each folded name, our fields that it may mean, each with its rank: 0 is ours itself."""
    found: dict[str, list[tuple[int, str]]] = {}
    for name, shape in shapes(REGISTERS[register].model).items():
        if shape.kind != "free":
            found.setdefault(name.replace("_", " "), []).append((0, name))
    for target, names in FIELDS.get(register, {}).items():
        for rank, name in enumerate(names, 1):
            found.setdefault(folded(name), []).append((rank, target))
    for rank, name in enumerate(ID_WORDS):
        found.setdefault(name, []).append((60 + rank if rank else 0, "id"))
    for rank, name in enumerate(_DOCUMENT_IDS):
        found.setdefault(name, []).append((80 + rank, "id"))
    for rank, name in enumerate(LATE_IDS.get(register, ()), 150):
        found.setdefault(name, []).append((rank, "id"))
    if "description" in found:
        found.setdefault("desc", found["description"])
    return {name: tuple(dict.fromkeys(targets)) for name, targets in found.items()}


@cache
def _weights() -> dict[str, float]:
    """Return how telling a name is: one that many registers know tells little."""
    counts: dict[str, int] = {}
    for register in REGISTERS:
        for name in _known(register):
            counts[name] = counts.get(name, 0) + 1
    return {name: 1 / count for name, count in counts.items()}


def meanings(path: Names, register: str) -> Iterator[tuple[int, str, float]]:
    """Yield each of our fields that an own one may mean, with its rank and how telling its name is."""
    known, name = _known(register), folded(" ".join(path))
    for rank, target in known.get(name, ()):
        yield rank, target, 0.0 if target == "id" and name in ID_WORDS else _weights()[name]
    if rest := _without_noun(name, register):
        for rank, target in known.get(rest, ()):
            yield 100 + rank, target, 0.7
    words = name.split()
    if len(words) > 1 and words[-1] in UNITS:
        for rank, target in known.get(" ".join(words[:-1]), ()):
            shape = shape_at(REGISTERS[register].model, tuple(target.split(".")))
            if shape is not None and shape.kind == "interval":
                yield rank, target, _weights()[" ".join(words[:-1])]
    if len(path) > 1:
        leaf = folded(path[-1])
        for head in _heads(path[:-1], register):
            model = shape_at(REGISTERS[register].model, (head,))
            inner = shapes(model.row) if model is not None and model.row is not None else {}
            if leaf.replace(" ", "_") in inner:
                yield 0, f"{head}.{leaf.replace(' ', '_')}", 0.5
            for target, names in PARTS.get(head, {}).items():
                if leaf in names and target in inner:
                    yield 1 + names.index(leaf), f"{head}.{target}", 0.5


def _heads(path: Names, register: str) -> Iterator[str]:
    name = folded(" ".join(path))
    if name.replace(" ", "_") in shapes(REGISTERS[register].model):
        yield name.replace(" ", "_")
    for head, names in HEADS.get(register, {}).items():
        if name in names:
            yield head


@cache
def known_names() -> frozenset[str]:
    """Return the folded names that a document's own fields may have."""
    return frozenset(name for register in REGISTERS if not REGISTERS[register].single for name in _known(register))
