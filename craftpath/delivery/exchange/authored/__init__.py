"""What people write: Markdown shown as safe HTML, and the Markdown in what they paste, drop or send."""
