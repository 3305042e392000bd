"""What LTI fetches from elsewhere: public keys, access, members, and grades that are sent."""
