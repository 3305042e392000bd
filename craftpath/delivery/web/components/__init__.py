"""Strict components: each `<name>.html` here declares its props, and a wrong use fails when a template is compiled.

`signature.py` reads the declaration, `templatetags/components.py` holds the tags, `shapes.py` the arithmetic of
bars and rings. The gallery at `/components/` shows every component; a test keeps it complete.
"""
