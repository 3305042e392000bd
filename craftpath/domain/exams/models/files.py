"""Files that candidates hand in beside an essay."""

from __future__ import annotations

from typing import Any

from django.db import models

from craftpath.domain.apprenticeships.rules import enrolment_seen_by
from craftpath.domain.exams.models.papers import PaperLine
from craftpath.domain.exams.models.sittings import Candidate
from craftpath.kernel.exhibits import SUFFIXES
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.tenancy import Scope, Scoped


class AnswerFile(Scoped):
    """A photo, drawing, document or program beside an essay; taken back until the paper is handed in."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(help_text="named by the form, so that it is handed in once")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="files")
    line = models.ForeignKey(PaperLine, on_delete=models.PROTECT, related_name="+")
    kept = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")
    media_type = models.CharField(max_length=80)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidate", "line", "made_id"], name="answer_file_once")
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.line_id} {self.media_type}"

    @property
    def is_photo(self) -> bool:
        """Whether a page can show it in itself."""
        return self.media_type == "image/jpeg"

    @property
    def suffix(self) -> str:
        """What kind of file it is, in letters."""
        return SUFFIXES.get(self.media_type, "").upper()

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the apprentices whom one sees."""
        return enrolment_seen_by(scope, "candidate__enrolment__")
