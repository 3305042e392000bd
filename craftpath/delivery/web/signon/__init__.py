"""Sign-on with an organisation's own account: the way there and back, and its administrator's pages."""
