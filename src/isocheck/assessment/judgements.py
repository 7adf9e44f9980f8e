"""assessment.yaml: the form in which a human assessor's judgements are kept beside a description."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from isocheck.qms.fields import ClauseId, Date, Item, Text

__all__ = ["JudgementEntry", "JudgementFile"]


class JudgementEntry(Item):
    """What an assessor found on a requirement or on a whole clause."""

    requirement: ClauseId = Field(None, description="Requirement or clause that was judged, such as 9.2.2-c.")
    verdict: Literal["conforming", "minor", "major", "opportunity"] | None = Field(None, description="What was found.")
    note: Text = Field(None, description="What the assessor saw, in a sentence or two.")
    evidence: tuple[Text, ...] = Field((), description="What it rests on, as register/id where it is described.")
    people_met: tuple[Text, ...] = Field((), description="People who were interviewed, as the report may name them.")
    sample_seen: Text = Field(None, description="What was sampled: how many of how many, and how they were chosen.")
    by: Text = Field(None, description="Who judged.")
    on: Date = Field(None, alias="date", description="When.")
    fingerprint: Text = Field(
        None, description="Fingerprint of what the judgement rested on; written by the program, not by hand."
    )


class JudgementFile(Item):
    """The file assessment.yaml."""

    format_version: Literal["1"] | None = Field(None, description="Version of this format: 1.")
    judgements: tuple[JudgementEntry, ...] = Field((), description="Judgements, newest last.")
