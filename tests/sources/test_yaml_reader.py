from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from isocheck.errors import InputError
from isocheck.location import Location
from isocheck.sources.yaml_reader import Limits, read_yaml


def test_what_is_written_is_what_is_read() -> None:
    text = b"a: 1.10\nb: 007\nc: 8.10\nd: no\ne: 2026-02-30\nf: ~\ng: true\nh: 'true'\ni:\n1.10: k\n"
    assert read_yaml(text, "f").data == {
        "a": "1.10",
        "b": "007",
        "c": "8.10",
        "d": "no",
        "e": "2026-02-30",
        "f": None,
        "g": True,
        "h": "true",
        "i": None,
        "1.10": "k",
    }


@pytest.mark.parametrize("text", [b"", b"# only\n", b"\xef\xbb\xbf", b"---\n"])
def test_nothing_is_none(text: bytes) -> None:
    assert read_yaml(text, "f").data is None


def test_places_of_keys_and_items() -> None:
    document = read_yaml(b'a:\n  - id: x\n    bc: [p, qq]\n  - "y"\n', "f")
    assert document.locate(("a",)) == Location("f", 1, 1, 1, 2)
    assert document.locate(("a", 0)) == Location("f", 2, 5, 2, 7)
    assert document.locate(("a", 0, "bc")) == Location("f", 3, 5, 3, 7)
    assert document.locate(("a", 0, "bc", 1)) == Location("f", 3, 13, 3, 15)
    assert document.locate(("a", 0, "missing")) == Location("f", 2, 5, 2, 7)
    assert document.locate(("a", 1)) == Location("f", 4, 5, 4, 8)


BAD = [
    (b"a: 1\na: 2\n", "2:1", "stands twice"),
    (b"a: !!set {}\n", "1:4", "tag"),
    (b"<<: {}\n", "1:1", "merge"),
    (b"a: 1\n---\nb: 2\n", "2:1", "second document"),
    (b"&k a: 1\n", "1:1", "anchor"),
    (b"? [a]\n: 1\n", "1:3", "a key must be a text"),
    (b"a: *b\n", "1:4", "no anchor"),
    (b"a: &b [*b]\n", "1:8", "contains itself"),
    (b"%YAML 1.1\n---\na: 1\n", "1:1", "'%'"),
    (b"a:\n\tb: 1\n", "2:1", "tab"),
    (b"a: 'x\n", "2:1", "quote"),
    (b"\xff\xfea\x00", "1:1", "UTF-16"),
    (b"x\n\xc3\xa4\xff", "2:2", "0xff"),
    (b"a: \x07\n", "1:4", "U+0007"),
    (b"[" * 100, "1:65", "nested deeper"),
    (b"[" * 100_000, "1", "nested deeper"),  # libyaml 0.2.6 looks ahead and stops at 1,000 levels, older ones go on
    (b"? " * 50_000, "1:3", "a key must be"),
    (b"- " * 50_000, "1:129", "nested deeper"),
    (b"{" * 100, "1:2", "a key must be"),
    (b"{" * 50_000, "1", ""),
    (b'a: "\\e[31m"\n', "1:4", "U+001B"),
    (b'"\\0": 1\n', "1:1", "U+0000"),
    (b'a: "\\L"\n', "1:4", "U+2028"),
    (b"a: 1\nb: x\xe2\x80\xa8y\n", "2:5", "U+2028"),
    (b"a: \xc2\x85\n", "1:4", "U+0085"),
    (b"a: 1\n\xef\xbb\xbfb: 1\n", "2:1", "U+FEFF"),
    (b"\x00\x00\xfe\xffa", "1:3", "0xfe"),
    (b"\xff\xfe\x00\x00a\x00\x00\x00", "1:1", "UTF-32"),
    (b"a: !!python/object:os.system x\n", "1:4", "'!!python/object:os.system'"),
    (b"a: !mine [x]\n", "1:4", "'!mine'"),
]


@pytest.mark.parametrize(("text", "place", "words"), BAD, ids=[repr(case[0][:12]) for case in BAD])
def test_what_is_refused(text: bytes, place: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        read_yaml(text, "f")
    message = str(caught.value)
    assert message.startswith(f"f:{place}:")
    assert words in message


@pytest.mark.parametrize(
    "text", [b"a: &" + b"x" * 9000 + b" [*" + b"x" * 9000 + b"]", b"? " + b"k" * 900 + b"\n: 1\n? " + b"k" * 900]
)
def test_messages_stay_short(text: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read_yaml(text, "f")
    assert len(str(caught.value)) < 200


def test_a_large_text_is_no_trouble() -> None:
    limits = Limits(bytes=200 * 1024 * 1024)
    assert len(read_yaml(b"a: " + b"x" * 20_000_000, "f", limits).data["a"]) == 20_000_000


def test_every_duplicate_is_named() -> None:
    with pytest.raises(InputError) as caught:
        read_yaml(b"a: 1\na: 2\nb: {c: 1, c: 2}\n", "f")
    assert [problem.location and problem.location.line for problem in caught.value.problems] == [2, 3]


@pytest.mark.parametrize(
    ("text", "limits"),
    [(b"a: 1\n", Limits(bytes=3)), (b"[[1]]", Limits(depth=1)), (b"[1, 2, 3]", Limits(nodes=2))],
)
def test_limits(text: bytes, limits: Limits) -> None:
    with pytest.raises(InputError):
        read_yaml(text, "f", limits)


@given(st.binary(max_size=80) | st.text(alphabet="ab:- \n\t[]{},#&*!|>'\"%?~", max_size=60).map(str.encode))
def test_nothing_but_an_input_error_comes_out(raw: bytes) -> None:
    try:
        read_yaml(raw, "f")
    except InputError as error:
        assert all(problem.location is not None for problem in error.problems)


words = st.text(alphabet="abcxyz 0123456789.:#-'\"{}[],&*!|>%@`~äß", max_size=12)
scalars = words | st.none() | st.booleans()
documents = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)
lines = st.text(alphabet="ab \n\t:#-'\"{}[],&*!|>@`~äß€\U0001f600019.", max_size=16)
styles = st.sampled_from([None, None, "'", '"', "|", ">"])
names = st.sampled_from(["null", "true", "no", "1.10", "~"]) | lines


@st.composite
def written(draw: st.DrawFn) -> str:
    """A document in styles as people mix them: quotes, folded and literal blocks, flow, anchors, comments, indents."""
    anchored: list[str] = []
    numbers = count()

    def anchor() -> str | None:
        return f"a{next(numbers)}" if draw(st.integers(0, 3)) == 0 else None

    def scalar(value: str, name: str | None = None) -> Event:
        return ScalarEvent(name, None, (True, True), value, style=draw(styles))

    def node(depth: int) -> Iterator[Event]:
        shape = draw(st.sampled_from(["text", "text", "list", "mapping"] if depth < 3 else ["text"]))
        if anchored and draw(st.integers(0, 5)) == 0:
            yield AliasEvent(draw(st.sampled_from(anchored)))
            return
        name, flow = anchor(), draw(st.booleans())
        if shape == "text":
            yield scalar(draw(names), name)
        elif shape == "list":
            yield SequenceStartEvent(name, None, True, flow_style=flow)
            for _ in range(draw(st.integers(0, 3))):
                yield from node(depth + 1)
            yield SequenceEndEvent()
        else:
            yield from mapping(depth, name, flow)
        if name is not None:
            anchored.append(name)

    def mapping(depth: int, name: str | None, flow: bool) -> Iterator[Event]:
        yield MappingStartEvent(name, None, True, flow_style=flow)
        for key in draw(st.lists(lines.filter(lambda key: key != "<<"), max_size=4, unique=True)):
            yield scalar(key)
            yield from node(depth + 1)
        yield MappingEndEvent()

    text: str = yaml.emit(
        [
            StreamStartEvent(),
            DocumentStartEvent(explicit=draw(st.booleans())),
            *mapping(0, None, False),
            DocumentEndEvent(explicit=draw(st.booleans())),
            StreamEndEvent(),
        ],
        indent=draw(st.integers(2, 6)),
        width=draw(st.sampled_from([10, 40, 100])),
        allow_unicode=draw(st.booleans()),
    )
    comment = draw(st.sampled_from(["", "# comment: [\n"]))
    return draw(st.sampled_from(["\n", "\r\n", "\r"])).join((comment + text + comment).split("\n"))


def _meaning(node: Node | None) -> Any:
    """What ruamel's pure parser reads, with plain scalars kept as text."""
    if node is None:
        return None
    if isinstance(node, SequenceNode):
        return [_meaning(item) for item in node.value]
    if isinstance(node, MappingNode):
        return {key.value: _meaning(value) for key, value in node.value}
    assert isinstance(node, ScalarNode)
    if node.style is None and node.value in ("", "~", "null", "Null", "NULL"):
        return None
    if node.style is None and node.value.casefold() in ("true", "false"):
        return node.value.casefold() == "true"
    return node.value


@given(documents, st.booleans())
def test_it_means_what_ruamels_pure_parser_reads(value: Any, flow: bool) -> None:
    text = yaml.safe_dump({"top": value}, default_flow_style=flow, allow_unicode=True)
    assert read_yaml(text.encode(), "f").data == _meaning(YAML(typ="safe", pure=True).compose(text))


@given(written())
def test_every_style_means_what_ruamels_pure_parser_reads(text: str) -> None:
    assert read_yaml(text.encode(), "f").data == _meaning(YAML(typ="safe", pure=True).compose(text))


@given(documents)
def test_marks_point_at_the_text(value: Any) -> None:
    text = yaml.safe_dump({"top": value, "plainkey": "plainvalue"}, allow_unicode=True)
    place = read_yaml(text.encode(), "f").locate(("plainkey",))
    line = text.splitlines()[place.line - 1]
    assert line[place.column - 1 : place.end_column - 1] == "plainkey"
