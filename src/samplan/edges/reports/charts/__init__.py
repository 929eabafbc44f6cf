"""Charts: plain values in, one drawing out. The same drawing stands in Word, PDF and HTML."""
