"""Reports: an assessment as bytes, one module a format; they see result types only."""
