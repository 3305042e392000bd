"""Surveys: questions that many answer; where anonymity is promised no answer leads back to a person."""
