"""Providers of findings, one module for each part of the way."""
