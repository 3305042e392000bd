"""LTI: tools that courses open, and platforms that open what is here."""
