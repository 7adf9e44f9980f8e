"""Reports of a comparison: what became of gaps and verdicts between two assessments, and a series over time."""
