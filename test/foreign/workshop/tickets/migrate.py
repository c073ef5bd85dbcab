"""Brings the tables to what this version needs, as the one who may change them."""

import asyncio
import os

import asyncpg

STEPS = [
    "CREATE TABLE IF NOT EXISTS tickets (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, bicycle text NOT NULL)",
    "ALTER TABLE tickets ADD COLUMN IF NOT EXISTS closed timestamptz",
]


async def main() -> None:
    connection = await asyncpg.connect(os.environ["DSN"])
    async with connection.transaction():
        for step in STEPS:
            await connection.execute(step)
    await connection.close()


asyncio.run(main())
