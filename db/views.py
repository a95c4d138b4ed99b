"""The views and indexes as plain SQL, in order; they follow the tables."""

VIEWS: tuple[str, ...] = (
    """CREATE VIEW unit_tasks AS
SELECT units.name AS unit, obligation_units.role AS role, obligations.task, obligations.due, obligations.quote,
  obligations.due_status, obligations.status, obligations.deadline_text, obligations.document_id, obligations.page,
  obligations.needs_review, obligations.id AS obligation_id
FROM obligation_units
JOIN units ON units.id = obligation_units.unit_id
JOIN obligations ON obligations.id = obligation_units.obligation_id""",
    """CREATE VIEW due_items AS
SELECT obligations.due AS due, obligations.lead AS unit, obligations.task AS task, obligations.quote AS quote,
  'task' AS kind, obligations.status AS status, obligations.document_id AS document_id, obligations.page AS page,
  obligations.needs_review AS needs_review, obligations.id AS id
FROM obligations
WHERE obligations.due IS NOT NULL
UNION ALL
SELECT deadlines.due, deadlines.who, coalesce(deadlines.what, deadlines.text), deadlines.quote,
  'deadline', 'chưa xong', deadlines.document_id, deadlines.page, deadlines.needs_review, deadlines.id
FROM deadlines
WHERE deadlines.due IS NOT NULL AND deadlines.kind <> 'recurring' AND deadlines.id NOT IN (
  SELECT deadline_id FROM obligation_deadlines
  JOIN obligations ON obligations.id = obligation_id AND obligations.due IS NOT NULL
)
UNION ALL
SELECT occurrence.value, coalesce(obligations.lead, deadlines.who),
  coalesce(obligations.task, deadlines.what, deadlines.text), deadlines.quote,
  'recurring', coalesce(obligations.status, 'chưa xong'), deadlines.document_id, deadlines.page,
  deadlines.needs_review, deadlines.id
FROM deadlines
JOIN json_each(deadlines.occurrences) AS occurrence
LEFT JOIN obligation_deadlines ON obligation_deadlines.deadline_id = deadlines.id
LEFT JOIN obligations ON obligations.id = obligation_deadlines.obligation_id""",
    "CREATE INDEX dispatches_by_document_id ON dispatches(document_id)",
    "CREATE INDEX dispatches_by_number_key ON dispatches(number_key)",
    "CREATE INDEX header_fields_by_document_id ON header_fields(document_id)",
    "CREATE INDEX header_fields_by_dispatch_id ON header_fields(dispatch_id)",
    "CREATE INDEX blocks_by_document_id ON blocks(document_id)",
    "CREATE INDEX citations_by_document_id ON citations(document_id)",
    "CREATE INDEX citations_by_number_key ON citations(number_key)",
    "CREATE INDEX deadlines_by_document_id ON deadlines(document_id)",
    "CREATE INDEX deadlines_by_due ON deadlines(due)",
    "CREATE INDEX targets_by_document_id ON targets(document_id)",
    "CREATE INDEX obligations_by_document_id ON obligations(document_id)",
    "CREATE INDEX obligations_by_due ON obligations(due)",
    "CREATE INDEX obligation_units_by_unit_id ON obligation_units(unit_id)",
    "CREATE INDEX obligation_deadlines_by_deadline_id ON obligation_deadlines(deadline_id)",
    "CREATE INDEX issues_by_document_id ON issues(document_id)",
    "CREATE INDEX receipts_by_sha256 ON receipts(sha256)",
    "CREATE INDEX receipts_by_document_id ON receipts(document_id)",
    "CREATE INDEX corrections_by_document_id ON corrections(document_id)",
)
