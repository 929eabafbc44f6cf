"""From a document as it was read to a draft of a plan, with the place of every character.

Pure: no files, no clock, no texts.
"""
