"""Resources: what is taught with, kept once for everybody – files and links with their licence, versions and uses.

Words: resource 培训资源 (a document, a video, a set of tools …), version 版本 (one file of it; what was used stays what
it was), use 引用 (a course or a list points at a version), alike 疑似重复 (two whose texts are nearly the same), source
采集源 (a catalogue elsewhere, from which suggestions come).
A file is dropped (`taking`), read by a worker, confirmed and shared (`sharing`), marked by those who use it
(`marking`), merged with its doubles (`merging`), pointed at (`using`); suggestions come from elsewhere (`harvesting`).
Neighbours: `occupations` and `standards` say what it is about; nouns above tell what they use. Reading files and
speaking the catalogues' languages is the doors' work.
"""
