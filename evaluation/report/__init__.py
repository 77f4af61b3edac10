"""A report that a person reads: one HTML page of figures, plots and examples, without scripts."""

from evaluation.report.page import render, write_report

__all__ = ["render", "write_report"]
