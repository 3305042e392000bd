"""The learning record store over HTTP: xAPI 1.0.3 and 2.0.0 at `/xapi`, for programs with a token."""
