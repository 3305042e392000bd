"""A made-up nation of apprentices for `craftpath lake`: seeded, so the same seed makes the same files.

`nation` says which cities there are, `contracts` lets apprenticeships begin, go on and end, `training`, `testing` and
`around` write down what the star schema asks of them. Nobody in it is real.
"""
