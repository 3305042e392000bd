"""What all links without an account have in common: the code form, handing over, sending by mail, the dead end."""
