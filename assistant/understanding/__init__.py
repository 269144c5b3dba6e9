"""Question to Plan, without an LLM."""
