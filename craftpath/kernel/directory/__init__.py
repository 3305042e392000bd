"""An organisation's directory: whom a personnel system pushes in and out, and which of its groups mean a role here.

What comes in by SCIM ends in the same actions as the people pages: people, roles with a beginning and an end, and a
history. A group means nothing until somebody who runs the organisation has looked at who would get which role.
"""
