"""The ways out: a neutral document as HTML, Word and PDF. Each module has `write(document, *, language)`."""
