"""The report on a paper's questions, its scale, its forms and its markers."""
