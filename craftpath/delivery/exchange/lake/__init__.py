"""The lake: what cities hand over, as signed and pseudonymised Parquet in the star schema of `engines/indicators`.

    cities.json                                    cities with the public keys that the reader trusts
    manifests/city=330100/manifest.json            what the city handed over, and `manifest.sig` beside it
    apprenticeship/city=330100/year=2024/part-0000.parquet

`writing` makes such folders, `reading` checks one and names every fault, `opening` lends its tables to an engine.
A file that no signed manifest lists is never read.
"""
