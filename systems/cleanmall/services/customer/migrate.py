"""Brings the table to what this version needs, as the one who may change it."""

import os

import psycopg

with psycopg.connect(os.environ["DSN"]) as connection:
    connection.execute(
        "CREATE TABLE IF NOT EXISTS notifications (event_id text PRIMARY KEY, call_id text NOT NULL, tel text NOT NULL,"
        " message text NOT NULL, told_at timestamptz NOT NULL DEFAULT now())"
    )
