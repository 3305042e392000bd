"""What packages are made of, on an origin of its own: no session, no cookies, no database, one package an address."""
