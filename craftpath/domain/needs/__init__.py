"""Needs: which skills matter and are lacking, as surveys say; computed once, kept with its method."""
