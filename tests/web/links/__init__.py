"""Links without an account: handing over, mail, the code."""
