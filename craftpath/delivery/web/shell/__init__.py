"""What all pages share: who asks, in which language, the frame around the page, and how a refusal is said."""
