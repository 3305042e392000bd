"""The WSGI entry that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "craftpath.project.settings")
application = get_wsgi_application()
# Every page is loaded before the first reader asks for one. What is there now stays, so it is not looked through for
# garbage again and again: that would make a reader now and then wait for half a second.
reverse("shell:health")
gc.collect()
gc.freeze()
