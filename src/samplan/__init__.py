"""Samplan: a plan shared by many parties, from the agreement to the yearly report."""

__version__ = "0.1.0"
