"""Packages of courses read: SCORM, cmi5, H5P and Common Cartridge, each to what the site can play or tell."""
