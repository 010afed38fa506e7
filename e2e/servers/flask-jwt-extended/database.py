"""Users and revoked tokens, in a database that survives a restart."""

import os
import sqlite3
from pathlib import Path

from serve import USERS, password_of
from werkzeug.security import check_password_hash, generate_password_hash

FILE = Path(os.environ["DATA_DIR"]) / "database.sqlite3"


def connect():
    return sqlite3.connect(FILE, timeout=20, isolation_level=None)


def create():
    if FILE.exists():
        return
    with connect() as database:
        database.execute("CREATE TABLE users (name TEXT PRIMARY KEY, password TEXT)")
        database.execute("CREATE TABLE refresh_tokens (jti TEXT PRIMARY KEY, user TEXT)")
        hashes = [(name, generate_password_hash(password_of(name))) for name in USERS]
        database.executemany("INSERT INTO users VALUES (?, ?)", hashes)


def user_with(name, password):
    found = connect().execute("SELECT password FROM users WHERE name = ?", [name]).fetchone()
    return name if found and check_password_hash(found[0], password) else None


def find_user(name):
    found = connect().execute("SELECT name FROM users WHERE name = ?", [name]).fetchone()
    return found and found[0]


def delete_user(name):
    connect().execute("DELETE FROM users WHERE name = ?", [name])


def add_refresh_token(jti, user):
    connect().execute("INSERT INTO refresh_tokens VALUES (?, ?)", [jti, user])


def has_refresh_token(jti):
    found = connect().execute("SELECT 1 FROM refresh_tokens WHERE jti = ?", [jti])
    return found.fetchone() is not None


def delete_refresh_token(jti):
    """Whether it was there: of two requests with one token, only one gets True."""
    return connect().execute("DELETE FROM refresh_tokens WHERE jti = ?", [jti]).rowcount == 1


def delete_refresh_tokens_of(user):
    connect().execute("DELETE FROM refresh_tokens WHERE user = ?", [user])
