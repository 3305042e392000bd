"""The reference in `docs/reference/`, written from the code: one module a page, each with a `page()`."""
