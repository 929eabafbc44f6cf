"""A draft as a person checks it: what was read, the edits of those who check it, and what it will make.

`tree` is the draft in nodes, slots and bits; `opening` makes it of what was read; `edits` are what a person can do to
it; `making` says what a plan gets of it. Pure: no clock, no files, no texts.
"""
