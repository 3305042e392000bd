"""What runs after the answer: thin bodies that open a scope, read, and call one thing."""
