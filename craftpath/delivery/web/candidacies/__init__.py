"""Examinations as their candidates read them: what is to come, what they came to, an appeal against the marking."""
