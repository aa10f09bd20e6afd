"""PostgreSQL: the pool, the migrations, the embedded server."""
