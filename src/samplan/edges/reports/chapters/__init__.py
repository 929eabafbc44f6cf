"""Chapters: frozen facts in, passages of the neutral document out. A shape is a list of chapters."""
