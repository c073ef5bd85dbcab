"""Repairs in PostgreSQL. It knows nothing of where it runs: all it needs is in its variables."""

import os
import urllib.request
from contextlib import asynccontextmanager

import asyncpg
from fastapi import FastAPI, Response
from pydantic import BaseModel


class Ticket(BaseModel):
    bicycle: str


@asynccontextmanager
async def lifespan(app: FastAPI):
    app.state.pool = await asyncpg.create_pool(os.environ["DSN"], min_size=1, max_size=4)
    yield
    await app.state.pool.close()


app = FastAPI(lifespan=lifespan)


@app.get("/alive")
async def alive() -> str:
    return "alive"


@app.get("/ready")
async def ready() -> str:
    await app.state.pool.fetchval("SELECT 1")
    return "ready"


@app.post("/tickets", status_code=201)
async def take(ticket: Ticket) -> dict:
    number = await app.state.pool.fetchval("INSERT INTO tickets (bicycle) VALUES ($1) RETURNING id", ticket.bicycle)
    return {"id": number, "bicycle": ticket.bicycle}


@app.get("/tickets")
async def waiting() -> dict:
    return {"count": await app.state.pool.fetchval("SELECT count(*) FROM tickets")}


@app.get("/tickets/replica")
async def replica() -> dict:
    return {"replica": os.environ["REPLICA"]}


@app.get("/tickets/greeting")
def greeting(response: Response) -> dict:
    with open("/etc/workshop/greeting.txt") as text:
        welcome = text.read().strip()
    with urllib.request.urlopen(f"{os.environ['BOARD']}/hours.txt", timeout=0.5) as hours:
        return {"welcome": welcome, "hours": hours.read().decode().strip(), "signed": len(os.environ["SIGNATURE"]) > 20}
