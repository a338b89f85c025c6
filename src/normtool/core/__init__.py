"""The pure core: values and functions, no disk, clock, environment or locale."""
