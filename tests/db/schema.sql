CREATE TABLE outcomes (
  id TEXT PRIMARY KEY,
  label TEXT NOT NULL,
  rank INTEGER NOT NULL
) STRICT;
CREATE TABLE part_kinds (
  id TEXT PRIMARY KEY,
  label TEXT NOT NULL,
  rank INTEGER NOT NULL
) STRICT;
CREATE TABLE deadline_kinds (
  id TEXT PRIMARY KEY,
  label TEXT NOT NULL,
  rank INTEGER NOT NULL
) STRICT;
CREATE TABLE due_statuses (
  id TEXT PRIMARY KEY,
  label TEXT NOT NULL,
  rank INTEGER NOT NULL
) STRICT;
CREATE TABLE operators (
  id TEXT PRIMARY KEY,
  label TEXT NOT NULL,
  rank INTEGER NOT NULL
) STRICT;
CREATE TABLE fields (
  id TEXT PRIMARY KEY,
  label TEXT NOT NULL,
  rank INTEGER NOT NULL
) STRICT;
CREATE TABLE tiers (
  id TEXT PRIMARY KEY,
  label TEXT NOT NULL,
  rank INTEGER NOT NULL
) STRICT;
CREATE TABLE documents (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  title TEXT NOT NULL,
  outcome TEXT NOT NULL REFERENCES outcomes(id),
  pages INTEGER NOT NULL,
  parts INTEGER NOT NULL,
  obligations INTEGER NOT NULL,
  deadlines INTEGER NOT NULL,
  issues INTEGER NOT NULL,
  received_at TEXT NOT NULL,
  saved_at TEXT NOT NULL
) STRICT;
CREATE TABLE pages (
  document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  source TEXT NOT NULL,
  reason TEXT NOT NULL,
  width REAL NOT NULL,
  height REAL NOT NULL,
  rotation INTEGER NOT NULL,
  unread INTEGER NOT NULL,
  text TEXT NOT NULL,
  raw_text TEXT NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  PRIMARY KEY (document_id, number)
) STRICT;
CREATE TABLE readings (
  document_id TEXT PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
  layout BLOB NOT NULL,
  repair BLOB NOT NULL
) STRICT;
CREATE TABLE witnesses (
  document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  signer TEXT,
  organisation TEXT,
  signed_at TEXT,
  digest TEXT NOT NULL,
  PRIMARY KEY (document_id, number)
) STRICT;
CREATE TABLE dispatches (
  id TEXT PRIMARY KEY,
  number TEXT,
  date TEXT,
  doc_type TEXT,
  issuer TEXT,
  subject TEXT,
  urgency TEXT,
  quote TEXT NOT NULL,
  document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  part INTEGER NOT NULL,
  kind TEXT NOT NULL REFERENCES part_kinds(id),
  parent_issuer TEXT,
  place TEXT,
  secrecy TEXT,
  signer_name TEXT,
  signer_title TEXT,
  signing_authority TEXT,
  addressees TEXT,
  distribution TEXT,
  incoming_number TEXT,
  incoming_date TEXT,
  relation_to_previous TEXT,
  issuers TEXT,
  signers TEXT,
  number_printed TEXT,
  date_printed TEXT,
  draft INTEGER NOT NULL,
  number_key TEXT,
  page INTEGER NOT NULL,
  boxes TEXT NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  rule TEXT NOT NULL,
  confidence REAL NOT NULL,
  needs_review INTEGER NOT NULL
, harm REAL NOT NULL DEFAULT 0, series TEXT, serial INTEGER) STRICT;
CREATE TABLE header_fields (
  id TEXT PRIMARY KEY,
  field TEXT NOT NULL REFERENCES fields(id),
  value TEXT,
  quote TEXT NOT NULL,
  document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  alternatives TEXT,
  dispatch_id TEXT NOT NULL REFERENCES dispatches(id) ON DELETE CASCADE,
  part INTEGER NOT NULL,
  page INTEGER NOT NULL,
  boxes TEXT NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  rule TEXT NOT NULL,
  confidence REAL NOT NULL,
  needs_review INTEGER NOT NULL
, harm REAL NOT NULL DEFAULT 0, verdict TEXT) STRICT;
CREATE TABLE blocks (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  quote TEXT NOT NULL,
  document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  part INTEGER NOT NULL,
  page INTEGER NOT NULL,
  boxes TEXT NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  rule TEXT NOT NULL,
  confidence REAL NOT NULL,
  needs_review INTEGER NOT NULL
, harm REAL NOT NULL DEFAULT 0) STRICT;
CREATE TABLE citations (
  id TEXT PRIMARY KEY,
  number TEXT,
  doc_type TEXT,
  issuer TEXT,
  date TEXT,
  relation TEXT NOT NULL,
  title TEXT,
  article TEXT,
  quote TEXT NOT NULL,
  document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  part INTEGER NOT NULL,
  number_key TEXT,
  page INTEGER NOT NULL,
  boxes TEXT NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  rule TEXT NOT NULL,
  confidence REAL NOT NULL,
  needs_review INTEGER NOT NULL
, harm REAL NOT NULL DEFAULT 0, verdict TEXT, cited_id TEXT REFERENCES dispatches(id) ON DELETE SET NULL, cited_sure INTEGER) STRICT;
CREATE TABLE deadlines (
  id TEXT PRIMARY KEY,
  due TEXT,
  text TEXT NOT NULL,
  what TEXT,
  who TEXT,
  kind TEXT NOT NULL REFERENCES deadline_kinds(id),
  quote TEXT NOT NULL,
  document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  operator TEXT NOT NULL REFERENCES operators(id),
  exclusive INTEGER NOT NULL,
  start TEXT,
  hour TEXT,
  rrule TEXT,
  occurrences TEXT,
  adjusted TEXT,
  reckoning TEXT,
  anomaly TEXT,
  probable TEXT,
  part INTEGER NOT NULL,
  page INTEGER NOT NULL,
  boxes TEXT NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  rule TEXT NOT NULL,
  confidence REAL NOT NULL,
  needs_review INTEGER NOT NULL
, harm REAL NOT NULL DEFAULT 0, verdict TEXT) STRICT;
CREATE TABLE targets (
  id TEXT PRIMARY KEY,
  metric TEXT NOT NULL,
  comparator TEXT,
  value REAL,
  value_max REAL,
  unit TEXT,
  by_date TEXT,
  who TEXT,
  text TEXT NOT NULL,
  quote TEXT NOT NULL,
  document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  part INTEGER NOT NULL,
  page INTEGER NOT NULL,
  boxes TEXT NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  rule TEXT NOT NULL,
  confidence REAL NOT NULL,
  needs_review INTEGER NOT NULL
, harm REAL NOT NULL DEFAULT 0, verdict TEXT) STRICT;
CREATE TABLE obligations (
  id TEXT PRIMARY KEY,
  lead TEXT,
  task TEXT NOT NULL,
  due TEXT,
  quote TEXT NOT NULL,
  document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  support TEXT,
  due_status TEXT NOT NULL REFERENCES due_statuses(id),
  status TEXT NOT NULL,
  deadline_text TEXT,
  result TEXT,
  recipient TEXT,
  ref TEXT,
  start TEXT,
  tier TEXT NOT NULL REFERENCES tiers(id),
  inherited TEXT,
  part INTEGER NOT NULL,
  page INTEGER NOT NULL,
  boxes TEXT NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  rule TEXT NOT NULL,
  confidence REAL NOT NULL,
  needs_review INTEGER NOT NULL
, harm REAL NOT NULL DEFAULT 0, verdict TEXT) STRICT;
CREATE TABLE rules (
  id TEXT PRIMARY KEY,
  about TEXT NOT NULL
) STRICT;
CREATE TABLE units (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  folded TEXT NOT NULL
) STRICT;
CREATE TABLE obligation_units (
  obligation_id TEXT NOT NULL REFERENCES obligations(id) ON DELETE CASCADE,
  unit_id INTEGER NOT NULL REFERENCES units(id),
  role TEXT NOT NULL,
  PRIMARY KEY (obligation_id, role, unit_id)
) STRICT;
CREATE TABLE obligation_deadlines (
  obligation_id TEXT NOT NULL REFERENCES obligations(id) ON DELETE CASCADE,
  deadline_id TEXT NOT NULL REFERENCES deadlines(id) ON DELETE CASCADE,
  PRIMARY KEY (obligation_id, deadline_id)
) STRICT;
CREATE TABLE issues (
  id TEXT PRIMARY KEY,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  alternatives TEXT,
  quote TEXT NOT NULL,
  document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  part INTEGER NOT NULL,
  page INTEGER NOT NULL,
  boxes TEXT NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL
, harm REAL NOT NULL DEFAULT 0, verdict TEXT, other_id TEXT REFERENCES documents(id) ON DELETE CASCADE) STRICT;
CREATE TABLE receipts (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  name TEXT NOT NULL,
  outcome TEXT NOT NULL REFERENCES outcomes(id),
  reason TEXT NOT NULL,
  next_step TEXT NOT NULL,
  document_id TEXT REFERENCES documents(id) ON DELETE SET NULL,
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER,
  seconds REAL,
  retry INTEGER NOT NULL,
  UNIQUE (path, sha256)
) STRICT;
CREATE TABLE corrections (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  by_whom TEXT NOT NULL,
  document_id TEXT NOT NULL,
  fact_table TEXT NOT NULL,
  fact_id TEXT NOT NULL,
  field TEXT NOT NULL,
  old_value TEXT,
  new_value TEXT,
  note TEXT
, withdrawn_at TEXT, withdrawn_by TEXT) STRICT;
CREATE VIRTUAL TABLE pages_fts USING fts5(exact, folded, tokenize='unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE obligations_fts USING fts5(exact, folded, tokenize='unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE dispatches_fts USING fts5(exact, folded, tokenize='unicode61 remove_diacritics 0');
CREATE VIEW unit_tasks AS
SELECT units.name AS unit, obligation_units.role AS role, obligations.task, obligations.due, obligations.quote,
  obligations.due_status, obligations.status, obligations.deadline_text, obligations.document_id, obligations.page,
  obligations.needs_review, obligations.id AS obligation_id
FROM obligation_units
JOIN units ON units.id = obligation_units.unit_id
JOIN obligations ON obligations.id = obligation_units.obligation_id;
CREATE INDEX dispatches_by_document_id ON dispatches(document_id);
CREATE INDEX dispatches_by_number_key ON dispatches(number_key);
CREATE INDEX header_fields_by_document_id ON header_fields(document_id);
CREATE INDEX header_fields_by_dispatch_id ON header_fields(dispatch_id);
CREATE INDEX blocks_by_document_id ON blocks(document_id);
CREATE INDEX citations_by_document_id ON citations(document_id);
CREATE INDEX citations_by_number_key ON citations(number_key);
CREATE INDEX deadlines_by_document_id ON deadlines(document_id);
CREATE INDEX deadlines_by_due ON deadlines(due);
CREATE INDEX targets_by_document_id ON targets(document_id);
CREATE INDEX obligations_by_document_id ON obligations(document_id);
CREATE INDEX obligations_by_due ON obligations(due);
CREATE INDEX obligation_units_by_unit_id ON obligation_units(unit_id);
CREATE INDEX obligation_deadlines_by_deadline_id ON obligation_deadlines(deadline_id);
CREATE INDEX issues_by_document_id ON issues(document_id);
CREATE INDEX receipts_by_sha256 ON receipts(sha256);
CREATE INDEX receipts_by_document_id ON receipts(document_id);
CREATE INDEX corrections_by_document_id ON corrections(document_id);
CREATE TABLE "due_items" (
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
) STRICT;
CREATE INDEX due_items_by_due ON due_items(due);
CREATE INDEX due_items_by_document_id ON due_items(document_id);
CREATE INDEX dispatches_by_series ON dispatches(series, serial);
CREATE INDEX citations_by_cited_id ON citations(cited_id);
CREATE INDEX issues_by_other_id ON issues(other_id);
CREATE INDEX header_fields_to_look_at ON header_fields(harm) WHERE needs_review;
CREATE INDEX citations_to_look_at ON citations(harm) WHERE needs_review;
CREATE INDEX deadlines_to_look_at ON deadlines(harm) WHERE needs_review;
CREATE INDEX targets_to_look_at ON targets(harm) WHERE needs_review;
CREATE INDEX obligations_to_look_at ON obligations(harm) WHERE needs_review;
CREATE INDEX issues_to_look_at ON issues(harm) WHERE verdict IS NULL;
CREATE TABLE dispatch_keys (
  dispatch_id TEXT NOT NULL REFERENCES dispatches(id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  sure INTEGER NOT NULL,
  PRIMARY KEY (key, dispatch_id)
) STRICT;
CREATE INDEX dispatch_keys_by_dispatch_id ON dispatch_keys(dispatch_id);
CREATE VIEW cited_documents AS
SELECT citations.relation AS relation, citations.number AS number, citing.title AS citing, cited.title AS cited,
  citations.quote AS quote, citations.cited_sure AS cited_sure, citations.document_id AS document_id,
  dispatches.document_id AS cited_document_id, citations.cited_id AS cited_id, citations.page AS page,
  citations.id AS id
FROM citations
JOIN dispatches ON dispatches.id = citations.cited_id AND dispatches.document_id <> citations.document_id
JOIN documents AS citing ON citing.id = citations.document_id
JOIN documents AS cited ON cited.id = dispatches.document_id
WHERE coalesce(citations.verdict, '') <> 'wrong';
CREATE VIEW not_received AS
SELECT citations.number AS number, citations.doc_type AS doc_type, citations.issuer AS issuer,
  citations.date AS date, count(DISTINCT citations.document_id) AS documents,
  group_concat(DISTINCT citations.relation) AS relations, citations.quote AS quote,
  citations.document_id AS document_id, citations.page AS page, min(citations.id) AS id
FROM citations
WHERE citations.number_key IS NOT NULL AND citations.cited_id IS NULL AND citations.relation <> 'tự dẫn'
  AND coalesce(citations.verdict, '') <> 'wrong'
GROUP BY citations.number_key, substr(citations.date, 1, 4);
