"""Printing: papers of an apprentice, a review, a stage and a cohort as PDF or workbook, and whole batches of them."""
