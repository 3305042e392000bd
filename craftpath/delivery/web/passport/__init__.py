"""Somebody's own record: the timeline, links to it, what was brought along; and the page behind a link."""
