"""Keeps notes in PostgreSQL. It knows nothing of where it runs: all it needs is in its variables."""

import json
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pg8000.native

TURN = threading.Lock()


def ask(statement: str, **values: object) -> list:
    with TURN:
        connection = pg8000.native.Connection(
            os.environ["DB_USER"],
            host=os.environ["DB_HOST"],
            port=int(os.environ["DB_PORT"]),
            database=os.environ["DB_NAME"],
            password=os.environ["DB_PASSWORD"],
        )
        try:
            return connection.run(statement, **values)
        finally:
            connection.close()


class Notes(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/alive":
            return self.answer(200, {})
        self.answer(200, {"notes": [text for (text,) in ask("SELECT text FROM notes ORDER BY id")]})

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers["content-length"])).decode()
        ask("INSERT INTO notes (text) VALUES (:text)", text=text)
        self.answer(201, {"text": text})

    def answer(self, status: int, body: dict) -> None:
        payload = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)


if __name__ == "__main__":
    ThreadingHTTPServer(("", 8000), Notes).serve_forever()
