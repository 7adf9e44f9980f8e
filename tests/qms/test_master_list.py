"""Documents in Markdown through the commands: the master list both ways, versions, links, approvals in git."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import Folder, Run
from tests.qms.reading import integrity, problems, read
from tests.sources.repositories import Repo

MARKDOWN = 'sources:\n  - {markdown: "docs/**/*.md", register: documents, fields: {rev: version}}\n'
LIST = MARKDOWN + "  - {csv: list.csv, register: documents, fields: {no: id, rev: version}}\n"


def document(id_: str, text: str = "", **fields: str) -> str:
    front = "".join(f"{name}: {value}\n" for name, value in {"id": id_, **fields}.items())
    return f"---\n{front}---\n\n# {id_ or 'Untitled'} as a title\n\n{text}\n"


def test_list_and_files_are_held_against_each_other(isocheck: Run, folder: Folder) -> None:
    root = folder(
        {
            "isocheck.yaml": LIST,
            "list.csv": (
                "no,rev,title,status,path,location,origin\n"
                "D-1,2,One,effective,,,\n"
                "d 2,1.10,Two,draft,,,\n"
                "D-3,1,Three,effective,,,\n"
                "D-4,1,Four,obsolete,,,\n"
                "D-5,1,Five,effective,,On paper in the hall,\n"
                "X-1,1,A standard,effective,,,external\n"
                "D-6,1,Six,effective,docs/six.md,,\n"
            ),
            "docs/one.md": document("D.1", rev="2", status="effective"),
            "docs/deep/two.md": document("D-2", rev="'1.1'", status="effective"),
            "docs/six.md": document("", rev="1"),
            "docs/nine.md": document("D-9", rev="1"),
            "docs/plain.md": "# Only a text\n",
        }
    )
    assert integrity(isocheck, root) == [
        ("list", "documents/D-9", "docs/nine.md is there, and the master list does not have it", "docs/nine.md:1:1"),
        (
            "list",
            "documents/",
            "docs/plain.md is there, and the master list does not have it",
            "docs/plain.md:1:1",
        ),
        (
            "list",
            "documents/D-3",
            "stands in the master list, and no file has it; name its 'path', or its 'location' elsewhere",
            "list.csv:4:1",
        ),
        (
            "two-versions",
            "documents/d 2",
            "version '1.1' in the file, '1.10' in the master list",
            "docs/deep/two.md:3:1",
        ),
        (
            "two-versions",
            "documents/d 2",
            "status 'effective' in the file, 'draft' in the master list",
            "docs/deep/two.md:4:1",
        ),
    ]


def test_a_version_is_the_same_at_the_top_and_in_the_text(isocheck: Run, folder: Folder) -> None:
    top = "**Revision:** 3\n\n| Document | D1 |\n|---|---|\n| Revision | 2 |\n"
    history = (
        "## History\n\n| Rev | Date | What |\n|---|---|---|\n| 1 | 2025-01-01 | New |\n| 2.1 | 2026-01-01 | More |\n"
    )
    root = folder(
        {
            "isocheck.yaml": MARKDOWN.replace("rev:", "revision:"),
            "docs/D1.md": document("D1", f"{top}\n{history}", revision="2"),
            "docs/D2.md": document("D2", "**Revision:** v2\n", revision="2"),
        }
    )
    assert integrity(isocheck, root) == [
        ("two-versions", "documents/D1", "version '3' here, '2' elsewhere", "docs/D1.md:8:1"),
        ("two-versions", "documents/D1", "version '2.1' here, '2' elsewhere", "docs/D1.md:19:3"),
    ]


def test_a_version_of_another_name_is_compared_too(isocheck: Run, folder: Folder) -> None:
    declared = MARKDOWN.replace("rev: version", "revision: version").replace("register:", "bold: true, register:")
    root = folder({"isocheck.yaml": declared, "docs/D1.md": document("D1", "**Version:** 3\n", revision="2")})
    assert integrity(isocheck, root) == [
        ("two-versions", "documents/D1", "version '3' here, '2' elsewhere", "docs/D1.md:8:1")
    ]


def test_links_and_ids_in_the_text_are_references(isocheck: Run, folder: Folder) -> None:
    text = (
        "See [the other](sub/D-2.md#part), [[D-3 Third|third]], D.4 and D-99.\n"
        "Not [there](gone.md), nor [[Nowhere]]; [outside](../../other/x.md), [web](https://example.org/x.md).\n"
        "[A picture](fig.png) and [a folder](sub/).\n"
    )
    root = folder(
        {
            "isocheck.yaml": MARKDOWN,
            "docs/D-1.md": document("D-1", text, status="effective"),
            "docs/sub/D-2.md": document("D-2", "Back to [one](../D-1.md).", status="superseded"),
            "docs/D-3 Third.md": document("D-3", status="effective"),
            "docs/D-4.md": document("D-4", status="effective"),
            "docs/fig.png": b"\x89PNG",
        }
    )
    assert integrity(isocheck, root) == [
        ("link", "documents/D-1", "the link to 'Nowhere' leads nowhere", "docs/D-1.md:9:27"),
        ("link", "documents/D-1", "the link to 'gone.md' leads nowhere", "docs/D-1.md:9:5"),
    ]
    found = json.loads(isocheck("check", root, "-f", "json")[1])["findings"]
    (valid,) = [each for each in found if each["check"] == "points-to-valid"]
    assert (valid["entry"], valid["location"]["line"]) == ("D-1", 8)


def test_one_broken_file_does_not_hide_the_others(isocheck: Run, folder: Folder) -> None:
    root = folder(
        {
            "isocheck.yaml": MARKDOWN,
            "docs/a.md": "---\nid: [D-1\n---\n",
            "docs/b.md": "---\njust a text\n---\n",
            "docs/c.md": "---\n- a\n- list\n---\n",
            "docs/d e ü.md": document("D-4", approved="soon"),
        }
    )
    (source,) = read(isocheck, root)["sources"]
    assert (len(source["files"]), source["entries"]) == (4, 1)
    assert [(check, entry, place) for check, entry, _, place in integrity(isocheck, root)] == [
        ("row", "documents/", "docs/a.md:3:1"),
        ("row", "documents/", "docs/b.md:2:1"),
        ("row", "documents/", "docs/c.md:2:1"),
        ("unread", "documents/D-4", "docs/d e ü.md:3:1"),
    ]


def test_any_register_may_be_markdown(isocheck: Run, folder: Folder) -> None:
    root = folder(
        {
            "isocheck.yaml": 'sources:\n  - {markdown: "audits/*.md", key: qms, register: audits, fields: {file.name: id}}\n',
            "audits/2026-01.md": "---\ntags: [x]\nqms:\n  kind: internal\n  performed: 2026-01-05\n  findings:\n"
            "    - {id: F1, grade: grave}\n---\n# Report\n",
        }
    )
    assert [(check, entry, place) for check, entry, _, place in integrity(isocheck, root)] == [
        ("unread", "audits/2026-01", "audits/2026-01.md:7:16")
    ]


def test_a_file_outside_the_root_is_an_error(isocheck: Run, folder: Folder) -> None:
    root = folder({"isocheck.yaml": MARKDOWN, "../secret.md": document("D-1"), "docs/a.md": document("D-2")})
    (root / "docs" / "b.md").symlink_to("../../secret.md")
    code, _, err = isocheck("check", root)
    assert (code, err) == (
        2,
        f"error: {root}/docs/b.md: this link leads outside {root}; exclude it or copy what it names\n",
    )


@pytest.mark.parametrize("bold", [True, False])
def test_bold_lines_count_where_they_are_asked_for(isocheck: Run, folder: Folder, bold: bool) -> None:
    declared = MARKDOWN.replace("register:", f"bold: {str(bold).lower()}, register:")
    root = folder(
        {"isocheck.yaml": declared, "docs/a.md": "# Title\n\n**Id:** D-1\n\n**Rev:** 2\n\n**Approved:** soon\n"}
    )
    (source,) = read(isocheck, root)["sources"]
    assert source["entries"] == bold
    if bold:
        assert integrity(isocheck, root) == [
            ("unread", "documents/D-1", "approved: 'soon' cannot be read as a date", "docs/a.md:7:1")
        ]


def test_files_that_belong_elsewhere_need_not_stand_in_the_list(isocheck: Run, folder: Folder) -> None:
    root = folder(
        {
            "isocheck.yaml": LIST.replace("register:", "only: {kind: procedure}, register:", 1),
            "list.csv": "no,rev,path\nD-1,1,docs/one.md\n",
            "docs/one.md": document("D-1", kind="procedure"),
            "docs/two.md": document("D-2", kind="record"),
        }
    )
    assert integrity(isocheck, root) == []


CONTROLLED = (
    MARKDOWN.replace("{rev: version}", "{rev: version, state: status}") + "  - {csv: list.csv, register: documents}\n"
)


def test_a_list_and_a_file_of_one_path_are_one_document(isocheck: Run, folder: Folder) -> None:
    root = folder(
        {
            "isocheck.yaml": CONTROLLED,
            "list.csv": "id,title,version,status,path\nQ9,X,9,effective,docs/a.md\n",
            "docs/a.md": document("D1", rev="1", state="draft"),
        }
    )
    assert integrity(isocheck, root) == [
        (
            "list",
            "documents/Q9",
            "id 'D1' in the file, 'Q9' in the master list, which names docs/a.md",
            "docs/a.md:2:1",
        ),
        ("two-versions", "documents/Q9", "version '1' in the file, '9' in the master list", "docs/a.md:3:1"),
        ("two-versions", "documents/Q9", "status 'draft' in the file, 'effective' in the master list", "docs/a.md:4:1"),
    ]
    assert [source["entries"] for source in read(isocheck, root)["sources"]] == [1, 0]


def test_an_id_of_another_line_is_told_and_joins_nothing_twice(isocheck: Run, folder: Folder) -> None:
    root = folder(
        {
            "isocheck.yaml": CONTROLLED,
            "list.csv": "id,version,path,location\nQ1,1,docs/a.md,\nQ2,2,docs/b.md,\nQ3,3,,In the hall\n",
            "docs/a.md": document("Q3", rev="1"),
            "docs/b.md": document("Q1", rev="2"),
        }
    )
    assert [each[1:] for each in integrity(isocheck, root)] == [
        (
            "documents/Q1",
            "id 'Q3' in the file, 'Q1' in the master list, which names docs/a.md; "
            f"'Q3' is another line there ({root}/list.csv:4:1)",
            "docs/a.md:2:1",
        ),
        (
            "documents/Q2",
            "id 'Q1' in the file, 'Q2' in the master list, which names docs/b.md; "
            f"'Q1' is another line there ({root}/list.csv:2:1)",
            "docs/b.md:2:1",
        ),
    ]


def test_two_lines_do_not_share_a_file(isocheck: Run, folder: Folder) -> None:
    root = folder(
        {
            "isocheck.yaml": CONTROLLED,
            "list.csv": "id,status,path\nQ0,obsolete,docs/a.md\nQ1,,docs/a.md\nQ2,,docs/a.md\n",
            "docs/a.md": document("Q2"),
        }
    )
    assert integrity(isocheck, root) == [
        (
            "list",
            "documents/Q1",
            f"docs/a.md is the file of 'Q2' already ({root}/list.csv:4:5); name its own",
            "list.csv:3:5",
        )
    ]


def test_a_document_whose_file_moved_is_found_by_its_id(isocheck: Run, folder: Folder) -> None:
    root = folder(
        {
            "isocheck.yaml": CONTROLLED,
            "list.csv": "id,path\nQ1,docs/old.md\nQ2,scans/b.pdf\n",
            "docs/a.md": document("Q1"),
            "docs/b.md": document("Q2"),
            "scans/b.pdf": b"%PDF",
        }
    )
    assert integrity(isocheck, root) == [
        (
            "list",
            "documents/Q1",
            "path 'docs/old.md' in the master list, where no file is; the file is docs/a.md",
            "list.csv:2:4",
        )
    ]
    missing = [
        each for each in json.loads(isocheck("check", root, "-f", "json")[1])["findings"] if "old.md" in each["message"]
    ]
    assert [each["check"] for each in missing] == ["list"]


@pytest.mark.parametrize(
    ("listed", "source"),
    [
        ("id,title\nP-1,One\nP-2,Two\n", "csv: list.csv"),
        ("docs:\n  - {id: P-1}\n  - {id: P-2}\n", "yaml: list.csv, at: docs"),
        ("id,path\nP-1,scan.pdf\nP-2,gone.md\n", "csv: list.csv"),
    ],
)
def test_a_list_and_files_with_nothing_in_common_are_told_once(
    isocheck: Run, folder: Folder, listed: str, source: str
) -> None:
    root = folder(
        {
            "isocheck.yaml": MARKDOWN + f"  - {{{source}, register: documents}}\n",
            "list.csv": listed,
            "docs/a.md": document("D1"),
            "docs/b.md": document("D2"),
            "docs/plain.md": "# Only a text\n",
            "scan.pdf": b"%PDF",
        }
    )
    assert integrity(isocheck, root) == [
        (
            "list",
            "documents/",
            "the master list (2 entries) and the 3 files of documents have no id and no path in common, so that neither "
            "was held against the other; give both the same ids, or name each file under 'path'",
            "list.csv:1:1",
        )
    ]


@pytest.mark.parametrize(
    "listed",
    [
        "id,origin,location,status\nX-1,external,,\nX-2,,On paper in the hall,\nX-3,,,obsolete\n",
        "id,origin\n",
    ],
)
def test_what_is_not_kept_here_is_no_list_of_the_files(isocheck: Run, folder: Folder, listed: str) -> None:
    root = folder(
        {
            "isocheck.yaml": MARKDOWN + "  - {csv: list.csv, register: documents}\n",
            "documents.yaml": "documents:\n  - {id: O-1}\n",
            "list.csv": listed,
            "docs/a.md": document("D1"),
        }
    )
    assert integrity(isocheck, root) == []


def test_a_listed_file_without_any_field_is_met(isocheck: Run, folder: Folder) -> None:
    root = folder({"isocheck.yaml": LIST, "list.csv": "no,rev,path\nP-1,1,docs/a.md\n", "docs/a.md": "# Only a text\n"})
    assert integrity(isocheck, root) == []


def test_a_path_is_the_same_however_it_is_written(isocheck: Run, folder: Folder) -> None:
    root = folder(
        {
            "isocheck.yaml": CONTROLLED,
            "list.csv": "id,path\nA,./docs/a.md\nB,docs\\b.md\nC,docs/c%20d.md\nD,.\\docs\\d%20e.md\nE,docs/e%20.md\nF,.//docs/x/../f.pdf\n",
            **{f"docs/{name}.md": document("") for name in ("a", "b", "c d", "d e", "e%20")},
            "docs/f.pdf": b"%PDF",
            "records.yaml": "records:\n  - {id: R1, path: docs\\f.pdf}\n",
        }
    )
    assert integrity(isocheck, root) == []
    found = json.loads(isocheck("check", root, "-f", "json")[1])["findings"]
    assert [each["message"] for each in found if "missing" in each["message"]] == []
    (checked,) = [each for each in read(isocheck, root)["sources"] if each["format"] == "markdown"]
    assert checked["entries"] == 0


def test_a_path_that_begins_with_a_slash_is_told_once(isocheck: Run, folder: Folder) -> None:
    root = folder(
        {"isocheck.yaml": CONTROLLED, "list.csv": "id,path\nE,/docs/e.md\nG,/docs/gone.md\n", "docs/e.md": document("")}
    )
    assert integrity(isocheck, root) == [
        (
            "unread",
            "documents/E",
            "paths are told from the folder of the description; write '/docs/e.md' without the first slash",
            "list.csv:2:3",
        ),
        (
            "unread",
            "documents/G",
            "the path '/docs/gone.md' leads outside the folder of the description; use 'location' for that",
            "list.csv:3:3",
        ),
    ]
    (root / "documents.yaml").write_text("documents:\n  - {id: H, path: /docs/e.md}\n")
    assert problems(isocheck, root) == [
        "documents.yaml:2:13: paths are told from the folder of the description; write '/docs/e.md' without the first slash"
    ]


@pytest.mark.parametrize(
    ("listed", "first", "second"),
    [
        ("id,path\nD-1,\n", "docs/a.md:2:1", "docs/b.md:2:1"),
        ("id,path\nD-1,docs/b.md\n", "docs/b.md", "docs/a.md:2:1"),
        ("id,path\n", "docs/a.md:2:1", "docs/b.md:2:1"),
    ],
)
def test_a_second_file_of_one_id_is_told_once(
    isocheck: Run, folder: Folder, listed: str, first: str, second: str
) -> None:
    root = folder(
        {
            "isocheck.yaml": CONTROLLED,
            "list.csv": listed,
            "docs/a.md": document("D-1", rev="1"),
            "docs/b.md": document("D.1", rev="1"),
        }
    )
    ((check, entry, message, place),) = integrity(isocheck, root)
    assert (check, entry, place) == ("duplicate", "documents/D-1", second)
    assert f"stands for something else already ({root}/{first})" in message


@pytest.mark.parametrize("below", ["", "qms/"])
def test_links_into_a_submodule_that_is_not_there_are_out_of_reach(
    isocheck: Run, repo: Repo, tmp_path: Path, below: str
) -> None:
    other = Repo(tmp_path / "other")
    other.commit("2026-01-10", x="1")
    added = ("submodule", "add", "-q", str(other.path), f"{below}vendor")
    repo.git("-c", "protocol.file.allow=always", *added)
    repo.write(f"{below}isocheck.yaml", MARKDOWN)
    links = "[s](../vendor/x.md), [s](../vendor), [t](../vendors/x.md), [u](../vendor/gone.md)"
    repo.write(f"{below}docs/a.md", document("D-1", links))
    repo.commit("2026-02-10")
    root = repo.path / below

    def lost(root: Path) -> list[str]:
        return [message.split("'")[1] for _, _, message, _ in integrity(isocheck, root)]

    assert lost(root) == ["../vendor/gone.md", "../vendors/x.md"]
    shutil.rmtree(root / "vendor")
    (root / "vendor").mkdir()
    assert lost(root) == ["../vendors/x.md"]


def test_a_name_that_two_people_bear_is_ambiguous(isocheck: Run, folder: Folder) -> None:
    root = folder(
        {
            "isocheck.yaml": MARKDOWN,
            "people.yaml": "people:\n  - {id: P1, name: Jane Doe}\n  - {id: P2, name: Jane Doe}\nroles:\n  - {id: X}\n",
            "docs/a.md": document("D-1", owner="Jane Doe"),
        }
    )
    said = "owner names 'Jane Doe', and 2 entries are called so: people/P1, people/P2"
    assert integrity(isocheck, root) == [("integrity", "documents/D-1", said, "docs/a.md:3:1")]
    found = json.loads(isocheck("check", root, "-f", "json")[1])["findings"]
    assert [each["remedy"] for each in found if each["message"] == said] == [
        "Name the one that is meant by its id, such as 'people/P1'."
    ]
