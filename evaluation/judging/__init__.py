"""Passages judged by people: pools, the pages to judge them on, agreement, exchange of judgements."""
