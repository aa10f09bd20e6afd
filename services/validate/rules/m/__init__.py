"""M: what has to be reported besides."""
