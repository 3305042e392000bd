"""Who, for whom, allowed or not, recorded: the one app that every noun stands on.

Organisations and people, roles and memberships, the scope of what a reader sees, actions with their
facts and audit rows, kept files, sheets taken in, receipts and jobs. It knows no noun and no door.
"""
