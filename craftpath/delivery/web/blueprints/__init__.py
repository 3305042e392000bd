"""Blueprints, the forms that are put together by them, and the papers that are made of these."""
