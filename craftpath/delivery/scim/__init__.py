"""SCIM 2.0 (RFC 7643 and 7644): a personnel system keeps the people and groups of one organisation.

Schemas, filters, paths and patches are those of scim2-models; what is written goes through the actions of the
directory (`craftpath.kernel.directory`), so that roles begin and end as on the people pages.
"""
