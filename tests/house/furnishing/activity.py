"""What programs of the cast's college have sent to its store."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from craftpath.domain.activity.documents import Kind, Place, put_document
from craftpath.domain.activity.examining import Part, examined
from craftpath.domain.activity.models import Attachment
from craftpath.domain.activity.taking import Sender, take_statements
from craftpath.domain.activity.trusting import authority_of
from craftpath.engines.xapi import Version
from craftpath.kernel.access import system
from tests.cast import AT, Cast
from tests.engines.xapi.samples import ATTACHMENT, ID, long, short

CONTENT = b"a seam"


def keep_a_store(cast: Cast) -> None:
    """A statement with everything in it and one about it, a content and a document; once."""
    from tests.house.making import make_client

    if Attachment._base_manager.exists():
        return
    sha2 = hashlib.sha256(CONTENT).hexdigest()
    whole = long() | {"attachments": [ATTACHMENT | {"sha2": sha2, "length": len(CONTENT)}]}
    about = short(object={"objectType": "StatementRef", "id": ID})
    client = make_client(cast)
    sender = Sender(cast.college, client, authority_of(client))
    by = system(cast.college)
    with tempfile.NamedTemporaryFile() as file:
        file.write(CONTENT)
        file.flush()
        part = Part(sha2, Path(file.name), len(CONTENT), sha2)
        batch = examined([whole, about], Version.V2, [part])
        take_statements(batch, sender=sender, by=by, at=AT)
    place = Place(cast.college, Kind.AGENT_PROFILE, agent="mbox mailto:chen@lanchuan.example")
    put_document(place, "preferences", b"{}", "application/json", by=by, at=AT)
