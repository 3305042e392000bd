"""Kinds of data that can be shared, a file each; how one is described: `data_class.py`."""
