"""Coming in: sign-in, passwords, one's own settings. allauth does the work; words and pages are ours."""
