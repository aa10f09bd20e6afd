"""Events, topics, inbox, outbox, relay and dead letters: how services hand work on without losing any."""
