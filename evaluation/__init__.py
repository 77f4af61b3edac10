"""Judged sets, measures, runs and comparisons: whether search got better, and structure is understood."""
