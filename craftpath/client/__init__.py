"""A client of the REST API: one folder, the standard library only, to be copied wherever it is of use.

from craftpath.client import Craftpath

site = Craftpath("https://craftpath.example", token="craftpath_…")
for entry in site.list_entries(state="submitted"):
    print(entry["apprentice"]["name"], entry["on"])
"""

from .operations import Craftpath
from .transport import Failed, Problem, Response

__all__ = ["Craftpath", "Failed", "Problem", "Response"]
