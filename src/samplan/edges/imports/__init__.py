"""The way in: files that a county already has, read in a process of their own."""
