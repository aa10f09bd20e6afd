"""Fakes, generators and simulators, kept as product: tests use these and no mocks."""
