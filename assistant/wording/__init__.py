"""Answers in words, per language."""
