"""What a number or a word means: immutable, without input or output."""
