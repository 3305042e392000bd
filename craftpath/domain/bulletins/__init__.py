"""Bulletins: two sheets about a pilot or a city, composed of the record, edited in place, reviewed and published.

What is published never moves. A voice is the exception that its owner makes: it is read from its own row each time,
and only while the person whose words it is agrees.
"""
