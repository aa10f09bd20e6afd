"""The four services of nianbao and the commands that put them together."""
