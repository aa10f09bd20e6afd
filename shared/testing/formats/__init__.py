"""Made reports written in every file format that is read: for tests, samples and benchmarks."""
