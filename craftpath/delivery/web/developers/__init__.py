"""What programmers read: the operations of the API, from its schema."""
