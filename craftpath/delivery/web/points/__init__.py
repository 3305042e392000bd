"""Village points: setting laptops up, carrying bundles, settling what was written on both sides."""
