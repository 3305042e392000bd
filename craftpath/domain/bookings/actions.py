"""Writing about things that are booked, and bookings."""

from craftpath.domain.bookings.booking import (
    NewBooking,
    approve_booking,
    book,
    book_series,
    cancel_booking,
    decline_booking,
    drop_without_basis,
    miss_booking,
    use_booking,
)
from craftpath.domain.bookings.lending import (
    Terms,
    change_thing,
    close_thing,
    offer_thing,
    reopen_thing,
    retire_thing,
    return_thing,
)

__all__ = [
    "NewBooking",
    "Terms",
    "approve_booking",
    "book",
    "book_series",
    "cancel_booking",
    "change_thing",
    "close_thing",
    "decline_booking",
    "drop_without_basis",
    "miss_booking",
    "offer_thing",
    "reopen_thing",
    "retire_thing",
    "return_thing",
    "use_booking",
]
