"""Pages of early help: who may need a word, one person, what is said of oneself, and what the model is worth."""
