"""The answer to a Picture: everything a page, paper or command shows, past the rules."""
