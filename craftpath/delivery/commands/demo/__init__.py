"""The demo: a city with its college and two enterprises, alive and dated relative to today.

Everything is made up and made by the same actions and sheets that people use; nothing is written past them.
"""
