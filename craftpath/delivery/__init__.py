"""The doors: pages, spreadsheets, commands and jobs. They ask queries, call one action, and answer."""
