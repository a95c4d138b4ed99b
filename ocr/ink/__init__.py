"""What is not black print: seals, stamps, signatures, handwriting, and print that lies under them."""
