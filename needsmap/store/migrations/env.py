"""Run by Alembic: brings the store's tables up to date inside the caller's transaction."""

from alembic import context

from needsmap.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
context.run_migrations()
