"""The plumbing of the store: one connection, transactions that nest, rows in and out, errors explained."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlite_utils import Database

from db.errors import explained
from db.migrations import migrations
from db.rows import Row

BUSY_SECONDS = 30.0
"""How long a writer waits for another before it gives up."""

Value = str | int | float | bytes | None


class Connection:
    """The database file. Opening creates it and brings an older one up to date.

    Table and column names are the caller's own; values are always bound.

    Raises:
        StoreError: the file is no database, or cannot be opened, written or waited for.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._depth = 0
        with self.explained():
            self.sqlite = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
            self.sqlite.execute("PRAGMA foreign_keys = ON")
            self.sqlite.execute("PRAGMA journal_mode = WAL")
            self.sqlite.execute("PRAGMA synchronous = NORMAL")
            self.sqlite.execute("PRAGMA secure_delete = ON")
            migrations.apply(Database(self.sqlite))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.sqlite.close()

    def empty_log(self) -> None:
        """Move the write-ahead log into the file and cut it to nothing; does nothing inside of a transaction."""
        if not self.sqlite.in_transaction:
            with self.explained():
                self.sqlite.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; may be nested, the outermost decides."""
        self._depth += 1
        try:
            with self.explained():
                if self._depth == 1:
                    self.sqlite.execute("BEGIN IMMEDIATE")
                yield
                if self._depth == 1:
                    self.sqlite.execute("COMMIT")
        except BaseException:
            if self._depth == 1 and self.sqlite.in_transaction:
                self.sqlite.execute("ROLLBACK")
            raise
        finally:
            self._depth -= 1

    @contextmanager
    def explained(self) -> Iterator[None]:
        """SQLite's errors become ones that say what to do."""
        try:
            yield
        except sqlite3.Error as error:
            raise explained(error, self.path) from error

    def execute(self, sql: str, *values: Value) -> int:
        """Run a statement; the number of rows that it changed."""
        with self.explained():
            return self.sqlite.execute(sql, values).rowcount

    def insert(self, table: str, rows: Iterable[Row]) -> None:
        """Add rows; every key is a column."""
        for row in rows:
            names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
            self.sqlite.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", row)  # noqa: S608

    def upsert(self, table: str, row: Row, key: tuple[str, ...], keep: tuple[str, ...] = ()) -> None:
        """Add a row or, where ``key`` is taken, replace its values but those of ``keep``."""
        names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
        news = ", ".join(f"{name} = excluded.{name}" for name in row if name not in (*key, *keep))
        sql = f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT ({', '.join(key)}) DO UPDATE SET {news}"  # noqa: S608
        self.sqlite.execute(sql, row)

    def all(self, sql: str, *values: Value) -> list[tuple[Any, ...]]:
        """The rows of a query as tuples."""
        with self.explained():
            return self.sqlite.execute(sql, values).fetchall()

    def dicts(self, sql: str, *values: Value) -> list[Row]:
        """The rows of a query by column name."""
        with self.explained():
            cursor = self.sqlite.execute(sql, values)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
