"""Tests of the credit bank."""
