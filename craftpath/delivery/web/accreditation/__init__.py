"""The register of a city: enterprises that register without an account, the officer's desk, accredited places."""
