"""What figures of every engine share: how one says what it rests on, and the sums that more than one engine needs."""
