"""What was changed after the first schema, in order: each statement is a step, never changed once released."""

_FACTS = ("dispatches", "header_fields", "blocks", "citations", "deadlines", "targets", "obligations", "issues")
_JUDGED = ("header_fields", "citations", "deadlines", "targets", "obligations", "issues")

_DUE_COLUMNS = "due, unit, task, quote, kind, status, document_id, page, needs_review, id"

CHANGES: tuple[str, ...] = (
    *(f"ALTER TABLE {table} ADD COLUMN harm REAL NOT NULL DEFAULT 0" for table in _FACTS),
    *(f"ALTER TABLE {table} ADD COLUMN verdict TEXT" for table in _JUDGED),
    "ALTER TABLE issues ADD COLUMN other_id TEXT REFERENCES documents(id) ON DELETE CASCADE",
    "ALTER TABLE dispatches ADD COLUMN series TEXT",
    "ALTER TABLE dispatches ADD COLUMN serial INTEGER",
    "ALTER TABLE citations ADD COLUMN cited_id TEXT REFERENCES dispatches(id) ON DELETE SET NULL",
    "ALTER TABLE citations ADD COLUMN cited_sure INTEGER",
    "ALTER TABLE corrections ADD COLUMN withdrawn_at TEXT",
    "ALTER TABLE corrections ADD COLUMN withdrawn_by TEXT",
    """CREATE TABLE due_rows (
  due TEXT NOT NULL,
  unit TEXT,
  task TEXT NOT NULL,
  quote TEXT NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  page INTEGER NOT NULL,
  needs_review INTEGER NOT NULL,
  id TEXT NOT NULL
) STRICT""",
    f"INSERT INTO due_rows SELECT {_DUE_COLUMNS} FROM due_items",  # noqa: S608 - our own names
    "DROP VIEW due_items",
    "ALTER TABLE due_rows RENAME TO due_items",
    "CREATE INDEX due_items_by_due ON due_items(due)",
    "CREATE INDEX due_items_by_document_id ON due_items(document_id)",
    "CREATE INDEX dispatches_by_series ON dispatches(series, serial)",
    "CREATE INDEX citations_by_cited_id ON citations(cited_id)",
    "CREATE INDEX issues_by_other_id ON issues(other_id)",
    *(f"CREATE INDEX {table}_to_look_at ON {table}(harm) WHERE needs_review" for table in _JUDGED if table != "issues"),
    "CREATE INDEX issues_to_look_at ON issues(harm) WHERE verdict IS NULL",
    """CREATE TABLE dispatch_keys (
  dispatch_id TEXT NOT NULL REFERENCES dispatches(id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  sure INTEGER NOT NULL,
  PRIMARY KEY (key, dispatch_id)
) STRICT""",
    "CREATE INDEX dispatch_keys_by_dispatch_id ON dispatch_keys(dispatch_id)",
    """CREATE VIEW cited_documents AS
SELECT citations.relation AS relation, citations.number AS number, citing.title AS citing, cited.title AS cited,
  citations.quote AS quote, citations.cited_sure AS cited_sure, citations.document_id AS document_id,
  dispatches.document_id AS cited_document_id, citations.cited_id AS cited_id, citations.page AS page,
  citations.id AS id
FROM citations
JOIN dispatches ON dispatches.id = citations.cited_id AND dispatches.document_id <> citations.document_id
JOIN documents AS citing ON citing.id = citations.document_id
JOIN documents AS cited ON cited.id = dispatches.document_id
WHERE coalesce(citations.verdict, '') <> 'wrong'""",
    """CREATE VIEW not_received AS
SELECT citations.number AS number, citations.doc_type AS doc_type, citations.issuer AS issuer,
  citations.date AS date, count(DISTINCT citations.document_id) AS documents,
  group_concat(DISTINCT citations.relation) AS relations, citations.quote AS quote,
  citations.document_id AS document_id, citations.page AS page, min(citations.id) AS id
FROM citations
WHERE citations.number_key IS NOT NULL AND citations.cited_id IS NULL AND citations.relation <> 'tự dẫn'
  AND coalesce(citations.verdict, '') <> 'wrong'
GROUP BY citations.number_key, substr(citations.date, 1, 4)""",
)
