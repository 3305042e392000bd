"""Pages about agreements: the list, the wizard with its checklist, one agreement, its changes and its end."""
