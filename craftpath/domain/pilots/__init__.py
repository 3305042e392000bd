"""Pilots: organisations and cities going round the six steps that build core skills into training."""
