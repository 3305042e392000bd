"""Pages of masters' stories: the wall, one story, telling, the office's desk, and the public wall."""
