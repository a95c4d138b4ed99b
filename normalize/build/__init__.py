"""The scripts that build the tables of ``corpus/lexicon``; they are run by hand, never at run time."""
