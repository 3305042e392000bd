"""The WSGI entry of the content's own origin; it needs the site's key and its folder, and no database."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "craftpath.project.settings")

from craftpath.delivery.web.packages.content.serving import application  # noqa: E402

__all__ = ["application"]
