"""Other documents that a dispatch names: numbers, issuers, dates, relations."""
