"""Pages of things that are booked: what there is, a week of it, one's own bookings, the owner's desk, who used what."""
