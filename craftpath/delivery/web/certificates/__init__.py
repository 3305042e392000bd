"""Certificates: what the office draws up, issues and takes back, and everybody's own."""
