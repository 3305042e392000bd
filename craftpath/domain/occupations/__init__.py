"""Occupations: what people in a trade do, as a panel of its own workers charted it in duties and tasks."""
