"""What decides about figures of outcomes has changed: until a worker has decided anew none of them is shown."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import F

TABLE = "apprenticeship"
UNDECIDED = {"*": 3}


def decide_anew(apps: Any, schema_editor: Any) -> None:
    """Nothing of the table is shown, and all of its slices are to be read again."""
    apps.get_model("insight", "Cell").objects.filter(table=TABLE).update(hidden=UNDECIDED)
    apps.get_model("insight", "Slice").objects.filter(table=TABLE).update(marks=F("marks") + 1)


class Migration(migrations.Migration):
    dependencies = [("insight", "0001_initial")]

    operations = [migrations.RunPython(decide_anew, migrations.RunPython.noop, elidable=True)]
