"""Pages of handing figures over: a city's star to a lake, and the figures of a roll-up back."""
