"""isocheck checks a described quality management system against ISO 9001 and renders the gap analysis."""

__version__ = "0.1.0"
