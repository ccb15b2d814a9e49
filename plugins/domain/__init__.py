"""What the digest is about: briefs, countries, topics, measures, stages and dates, and the faults of content."""
