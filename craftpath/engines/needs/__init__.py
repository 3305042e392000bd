"""Which skills matter and are lacking: answers of many people in, weighted needs with their doubt out."""
