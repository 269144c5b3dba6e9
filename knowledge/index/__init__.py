"""Passages found again: words (BM25), meaning (vectors), and both fused."""
