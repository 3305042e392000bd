"""What is paid for training people, to the last cent, and why? Rules as rows in, lines and steps out.

Each room answers one question: `monthly` (what trainers are paid for a month), `subsidies` (what a public body
advances, settles and takes back, what is missing in the file, what was claimed twice) and `sampling` (which lines an
auditor looks at). Money is whole minor units, never a float. No clock, no chance but the seed.
"""
