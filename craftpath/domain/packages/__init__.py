"""Packages: courses that somebody else made (SCORM, cmi5, H5P, Common Cartridge), kept, tried, played, retired.

A package is taken in (`taking`) and has entries: what can be opened in it. Who plays an entry has an attempt there
(`playing`): what the package says of itself – a state, a score, time – is a claim, kept within the bounds of its
standard (`claims`).
Neighbours: `apprenticeships` says whose class a college's packages serve; `activity` hears of attempts; `standards`
knows the skills that they train; courses above offer packages as activities. Reading archives and serving their files
is the doors' work.
"""
