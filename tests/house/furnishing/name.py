"""What names of rows that the furnishing makes are drawn from, the same each time."""

import uuid

NAME = uuid.UUID("6f1f6c52-2b0a-4c55-9d4e-3f6b1f0f9a11")
