"""The service desk: requests and offers of a city, each with its thread, its clock and its result."""
