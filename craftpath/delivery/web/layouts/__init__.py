"""An office's own layouts: tried on a stage, kept under a name, filled with the figures of the results page."""
