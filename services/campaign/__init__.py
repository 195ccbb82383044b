"""Keep one campaign open: its boards by day, documents, addresses and clock."""
