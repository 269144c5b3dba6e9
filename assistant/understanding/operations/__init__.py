"""The closed set of operations: each proposes complete readings of a question, none decides."""
