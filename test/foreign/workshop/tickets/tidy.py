"""Forgets tickets that were closed more than a year ago."""

import asyncio
import os

import asyncpg


async def main() -> None:
    connection = await asyncpg.connect(os.environ["DSN"])
    print(await connection.execute("DELETE FROM tickets WHERE closed < now() - interval '1 year'"))
    await connection.close()


asyncio.run(main())
