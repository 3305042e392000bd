"""Pages and the door of village points."""
