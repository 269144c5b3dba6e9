"""Notices to figures: every published number becomes a typed row that can be checked and corrected."""
