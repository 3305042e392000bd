"""One box for everything that has a name: people, and the things of every room that the reader may open."""
