"""Teaching teams as pages: who teaches a unit together, planned against rotation and peaks, and who taught what."""
