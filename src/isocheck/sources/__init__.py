"""Files of the organisation as rows and problems: the only place that knows a file format."""
