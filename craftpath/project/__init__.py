"""The roof: settings, addresses, installed apps and wiring."""
