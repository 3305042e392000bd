"""What trainers are paid, as pages: one's own months; an office's months, rules, questions and payment files."""
