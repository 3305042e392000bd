"""A bulletin as it is read: its places as HTML for the web page and for the paper, its chart, its PDF."""
