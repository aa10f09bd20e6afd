-- owner: shared/stream
-- A relay of Kafka publishes one service's events, whatever their topic.
create index outbox_due_of_service on outbox (service, id) where published_at is null;
