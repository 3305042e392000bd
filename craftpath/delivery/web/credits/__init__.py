"""Pages of the credit bank: the own account, requests and their desk, accounts, tables and diplomas."""
