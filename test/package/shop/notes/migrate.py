"""Brings the table to what this version needs, as the one who may change it."""

from app import ask

ask("CREATE TABLE IF NOT EXISTS notes (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text text NOT NULL)")
