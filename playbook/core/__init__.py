"""The pure heart: time, ids and data come in as arguments, values go out."""
