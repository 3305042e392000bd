"""Tests of the pages of the credit bank."""
