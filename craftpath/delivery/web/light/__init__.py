"""The light guest: a mentor without an account answers logs by a link and a code, on a device that is trusted then."""
