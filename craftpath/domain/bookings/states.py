"""What can become of a booking."""

from craftpath.values.flow import Flow

BOOKING = Flow(
    key="bookings.booking",
    start="asked",
    moves={
        "approve": {"asked": "booked"},
        "decline": {"asked": "cancelled"},
        "cancel": {"asked": "cancelled", "booked": "cancelled"},
        "use": {"booked": "used", "not_used": "used"},
        "miss": {"booked": "not_used", "used": "not_used"},
    },
)
"""Where nobody need be asked, a booking is approved as it is made."""
