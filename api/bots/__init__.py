"""Tally where teams already talk: one neutral document of an Answer, and a thin face for each platform."""
