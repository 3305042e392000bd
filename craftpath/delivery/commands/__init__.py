"""What can be run by hand: the site, its set-up, the demo, and the headless commands."""
