"""Standard setting: judges say what a just-competent candidate does, a body adopts the cut score."""
