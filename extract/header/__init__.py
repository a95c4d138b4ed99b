"""Who says what to whom: number, date, issuer, subject, signer and the rest of the head and foot."""
