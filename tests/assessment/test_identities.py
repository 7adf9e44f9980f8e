"""The one text form of a finding's identity, there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isocheck.assessment.identities import Identity, key, read_identity, write_identity
from isocheck.qms.fields import is_placeholder
from isocheck.sources.yaml_reader import read_yaml

WORD = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,12}", fullmatch=True)
TEXT = st.text(min_size=1, max_size=20)
SUBJECT = st.builds(lambda register, entry: f"{register}/{entry}" if entry else register, WORD, st.just("") | TEXT)
IDENTITY = st.tuples(WORD, WORD, SUBJECT, st.just("") | TEXT)

FORMS = [
    (("9.2.2-c", "impartial", "audits/A2", ""), "9.2.2-c/impartial audits/A2"),
    (("9.2.2-c", "impartial", "audits/A2", "findings 2"), "9.2.2-c/impartial audits/A2, findings 2"),
    (("4.1-s3", "absent", "climate", ""), "4.1-s3/absent climate"),
    (("4.3-c", "products", "scope", "products"), "4.3-c/products scope, products"),
    (("7.5.2-a", "identified", "documents/QM/1 b", "#2"), "7.5.2-a/identified documents/QM/1 b, %232"),
    (("7.5.2-a", "identified", "documents/a,  b%\n", ""), "7.5.2-a/identified documents/a%2C %20b%25%0A"),
    (("7.5.2-a", "identified", 'documents/"Ü"', ""), "7.5.2-a/identified documents/%22Ü%22"),
]


@pytest.mark.parametrize(("identity", "text"), FORMS)
def test_a_form(identity: Identity, text: str) -> None:
    assert write_identity(identity) == text
    assert read_identity(text) == identity


@given(IDENTITY)
def test_what_is_written_is_read(identity: Identity) -> None:
    assert read_identity(write_identity(identity)) == identity


@given(IDENTITY, IDENTITY)
def test_two_findings_never_share_a_text(one: Identity, other: Identity) -> None:
    assert (write_identity(one) == write_identity(other)) == (one == other)


@given(IDENTITY)
def test_it_survives_being_pasted_between_quotes_and_wrapped(identity: Identity) -> None:
    text = write_identity(identity)
    assert text.isprintable()
    assert not is_placeholder(text)
    for pasted in (text, text.replace(" ", "\n    ")):
        assert read_yaml(f'finding: "{pasted}"\n'.encode(), "x").data == {"finding": text}


@given(IDENTITY)
def test_pasted_without_quotes_it_is_never_another(identity: Identity) -> None:
    text = write_identity(identity)
    if ": " not in text and not text.endswith(":"):  # which the reader refuses
        assert read_yaml(f"finding: {text}\n".encode(), "x").data == {"finding": text}


@pytest.mark.parametrize(
    "text",
    ["", "9.2.2-c", "9.2.2-c/impartial", "9.2.2-c/impartial ", "9.2.2-c impartial audits/A2", "9.2.2-c/impartial audits/", "9.2.2-c/impartial audits/A2,", "9.2.2-c/impartial audits/A2, a, b", "9.2.2-c/impartial  audits/A2"],
)  # fmt: skip
def test_what_is_none(text: str) -> None:
    assert read_identity(text) is None


@pytest.mark.parametrize("text", ["a/b c/d%", "a/b c/%zz", "a/b c/%ff", "a/b c/%C3"])
def test_a_percent_sign_of_somebody_elses_stays(text: str) -> None:
    assert read_identity(text) == ("a", "b", text[4:], "")


def test_ids_are_folded() -> None:
    assert key(("9.2.2-c", "impartial", "audits/A.2", "findings F_1")) == key(
        ("9.2.2-c", "impartial", "audits/a-2", "findings f 1")
    )
    assert key(("9.2.2-c", "impartial", "audits/A2", "")) != key(("9.2.2-c", "impartial", "audits", ""))
