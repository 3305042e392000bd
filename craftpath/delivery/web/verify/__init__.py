"""Certificates for whoever doubts them: pages without an account, credentials to fetch, and one's own certificates."""
