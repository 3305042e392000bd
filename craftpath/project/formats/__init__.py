"""How days and moments are written, by language; a language without a module here keeps Django's own forms."""
