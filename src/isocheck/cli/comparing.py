"""From what `compare` is given to sides and points: result files, folders, states in git."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from isocheck import __version__
from isocheck.assessment.assess import assess
from isocheck.assessment.comparison import ByTime, Comparison, Course, by_time, compare
from isocheck.assessment.results import Finding
from isocheck.assessment.snapshots import Point, Snapshot, point, snapshot
from isocheck.cli.assessing import MIB, hold_selection, read_path
from isocheck.cli.output import FILE_WIDTH, Target, print_bytes, screen, targets
from isocheck.errors import InputError, Problem, UsageError, quoted
from isocheck.location import Location
from isocheck.qms.description import Description
from isocheck.reports.comparing.formats import FORMATS, Name, render_course
from isocheck.sources.atomic import together
from isocheck.sources.files import is_folder, is_there, read_bytes
from isocheck.sources.revisions import Revision, Tree, between, checkout, find_revision
from isocheck.standard.model import Pack

__all__ = ["Given", "Options", "course", "course_targets", "print_course", "written_course"]

Given = Path | Revision
"""What one side or point is made from."""

_HERE = Path()
_RESULT = ".json"


@dataclass(frozen=True, slots=True)
class Options:
    """How to assess what is no result yet. `as_of` is None where each side has a day of its own."""

    standard: str | None
    as_of: date | None
    today: date
    selection: tuple[str, ...]
    max_file_size: int
    points: int
    gated: bool = False
    """Whether the result decides how the run ends, so that it may not go without two states that can be read."""


@dataclass(frozen=True, slots=True)
class _Side:
    """A snapshot, and a way to assess the same once more on another day, None for a result file."""

    snapshot: Snapshot
    again: Callable[[date], Snapshot] | None


def course(old: str | None, new: str | None, history: Sequence[str], options: Options) -> Course:
    """Compare two sides and follow a series; without sides, the first and the last readable point are compared.

    Raises UsageError for what does not exist or cannot be compared, InputError for a side that cannot be read, for a
    series of which nothing can be, and, where the result is a gate, for one whose ends cannot be.
    """
    if (old is None) != (new is None) or (old is None and not history):
        raise UsageError("compare needs OLD and NEW, or --history (see: isocheck compare --help)")
    sides = [_given(text) for text in (old, new) if text is not None]
    series = [each for text in history for each in _series(text, options.points)]
    states = any(isinstance(each, Revision) for each in (*sides, *series))
    with checkout(_HERE, options.max_file_size * MIB) if states else nullcontext() as lay_out:
        reader = _Reader(options, lay_out)
        comparison = _compared(*_both(reader, sides)) if sides else None
        points, ends = _followed(reader, series)
        if comparison is None and options.gated:
            _hold_ends(points)
        if comparison is None and len(ends) == 2:
            comparison = _compared(*ends)
    return Course(__version__, comparison, points)


def _given(text: str) -> Given:
    """Say what an argument names: what is there as a file or folder, or a state in git.

    Raises UsageError where it is neither.
    """
    if is_there(Path(text)):
        return Path(text)
    if ":" in text:
        return find_revision(text, _HERE)
    more = f"; for a state in git write {text}: (the whole repository) or {text}:FOLDER"
    raise UsageError(f"there is no file or folder {quoted(text)}{more}")


def _both(reader: _Reader, sides: Sequence[Given]) -> Iterator[_Side]:
    """Read two sides; where one is a whole repository that cannot be read, say how to name the folder that is meant."""
    for given, other in zip(sides, reversed(sides), strict=True):
        try:
            yield reader.side(given)
        except InputError as error:
            if not isinstance(given, Revision) or given.path or not isinstance(other, Path) or other.is_absolute():
                raise
            more = f"{given.label} is the whole repository; for the folder alone write {given.label}{other.as_posix()}"
            raise InputError([*error.problems, Problem(more)]) from None


def _series(text: str, points: int) -> list[Given]:
    if ".." in text.partition(":")[0] and not is_there(Path(text)):
        return [*between(text, _HERE, points)]
    return [_given(text)]


def _compared(old: _Side, new: _Side) -> Comparison:
    return compare(old.snapshot, new.snapshot, _by_time(old, new))


def _by_time(old: _Side, new: _Side) -> ByTime | None:
    """Find out what time alone did: assess either description on the days of both."""
    before, after = old.snapshot.as_of, new.snapshot.as_of
    if before == after:
        return ByTime()
    if old.again is not None:
        return by_time(old.snapshot, old.again(after))
    if new.again is not None:
        return by_time(new.again(before), new.snapshot)
    return None


def _followed(reader: _Reader, series: Sequence[Given]) -> tuple[tuple[Point, ...], list[_Side]]:
    """Return the points of a series in the order of their days, and the sides at its ends, where there are two.

    A state that cannot be read, or was held against another standard, is a point that says so.
    Raises InputError where no state can be read.
    """
    read: list[tuple[Point, _Side | None]] = []
    failed: list[InputError] = []
    for given in series:
        try:
            side = reader.side(given)
        except InputError as error:
            failed.append(error)
            read.append((Point(_label(given), reader.day(given), problem=_problem(error)), None))
        else:
            first = not any(earlier for _, earlier in read)
            # Only the first is assessed once more: what is behind the others may go.
            read.append((point(side.snapshot), side if first else _Side(side.snapshot, None)))
    if failed and not any(side for _, side in read):
        raise failed[-1]
    read.sort(key=lambda pair: pair[0].as_of)
    readable = [side for _, side in read if side is not None]
    standard = readable[-1].snapshot.standard if readable else None
    same = [side for side in readable if standard and standard.same_edition(side.snapshot.standard)]
    points = tuple(
        Point(each.label, each.as_of, problem=f"assessed against {side.snapshot.standard}, not {standard}")
        if side is not None and side not in same
        else each
        for each, side in read
    )
    return points, [same[0], same[-1]] if len(same) > 1 else []


def _hold_ends(points: Sequence[Point]) -> None:
    """Raise InputError where a gate would compare nothing, or other states than those at the ends of the series."""
    if len(points) < 2:
        told = f"--fail-on needs two states to compare, and the series has only one ({points[0].label})"
        raise InputError([Problem(f"{told}; name OLD and NEW, or a range in which the description changes")])
    broken = {word: each for word, each in (("newest", points[-1]), ("oldest", points[0])) if each.problem}
    if broken:
        raise InputError(
            Problem(
                f"--fail-on cannot compare the {word} state of the series, {each.label} as of {each.as_of}: "
                f"{each.problem}; mend it, choose another range, or name OLD and NEW"
            )
            for word, each in broken.items()
        )


def _problem(error: InputError) -> str:
    rest = len(error.problems) - 1
    return f"{error.problems[0]}{f' (and {rest} more)' if rest else ''}"


def _label(given: Given) -> str:
    if isinstance(given, Revision):
        return given.label
    return given.as_posix() if given != _HERE else Path.cwd().name


class _Reader:
    """Reads sides, by the options of the command and with a function that lays out states of git."""

    def __init__(self, options: Options, lay_out: Callable[[Revision], Tree] | None) -> None:
        self._options = options
        self._lay_out = lay_out

    def day(self, given: Given) -> date:
        """Return the day as of which something is assessed that is no result yet."""
        committed = given.committed if isinstance(given, Revision) else self._options.today
        return self._options.as_of or committed

    def side(self, given: Given) -> _Side:
        """Read one side. Raises UsageError or InputError."""
        if isinstance(given, Revision):
            return self._state(given)
        if given.suffix.lower() == _RESULT and is_there(given) and not is_folder(given):
            from isocheck.reports.result_file import read_result

            shown = given.as_posix()
            return _Side(read_result(read_bytes(given, shown, self._options.max_file_size * MIB), shown), None)
        pack, description = self._read(given)
        return self._assessed(pack, description, given, _label(given), "today", str)

    def _state(self, revision: Revision) -> _Side:
        assert self._lay_out is not None
        tree = self._lay_out(revision)
        try:
            pack, description = self._read(tree.root)
        except InputError as error:
            raise InputError(_told(error, tree)) from None
        dated = f"day of commit {revision.commit[:9]}"
        return self._assessed(pack, description, revision, revision.label, dated, tree.told)

    def _read(self, path: Path) -> tuple[Pack, Description]:
        pack, description = read_path(path, self._options.standard, self._options.max_file_size)
        hold_selection(pack, self._options.selection)
        return pack, description

    def _assessed(
        self, pack: Pack, description: Description, given: Given, label: str, dated: str, told: Callable[[str], str]
    ) -> _Side:
        dated = "as asked for" if self._options.as_of else dated

        def on(day: date) -> Snapshot:
            taken = snapshot(assess(pack, description, day, self._options.selection), label, dated)
            return replace(taken, root=told(taken.root), findings=tuple(_placed(taken.findings, told)))

        return _Side(on(self.day(given)), on)


def _placed(findings: Sequence[Finding], told: Callable[[str], str]) -> Iterator[Finding]:
    for finding in findings:
        yield replace(finding, location=replace(finding.location, file=told(finding.location.file)))


def _told(error: InputError, tree: Tree) -> Iterator[Problem]:
    for problem in error.problems:
        where = problem.location
        place = replace(where, file=tree.told(where.file)) if where else Location(tree.revision.label)
        yield Problem(tree.told(problem.message), place)


# Where it goes --------------------------------------------------------------------------------------------------


def course_targets(given: list[str], texts: Sequence[str | None]) -> list[Target]:
    """Read the values of -o; `texts` are the sides, whose files no report may replace.

    Raises UsageError as `targets` does, and for a format that a comparison does not have.
    """
    files = targets(given, *(path for path in map(Path, filter(None, texts)) if is_there(path)))
    for target in files:
        if target.format not in FORMATS:
            raise UsageError(f"-o {target.path}: compare writes {', '.join(FORMATS)}, not {target.format}")
    return files


@contextmanager
def written_course(found: Course, files: Sequence[Target]) -> Iterator[None]:
    """Render and write all reports; they take their places together, once the block has ended well.

    Raises OutputError where one cannot be written: then none is.
    """
    rendered = [(target.path, render_course(_name(target.format), found, FILE_WIDTH)) for target in files]
    with together(rendered):
        yield


def print_course(found: Course, name: str) -> None:
    """Write a report to standard output; its width follows the terminal."""
    width, plain = screen()
    print_bytes(render_course(_name(name), found, width, plain))


def _name(text: str) -> Name:
    return next(name for name in FORMATS if name == text)
