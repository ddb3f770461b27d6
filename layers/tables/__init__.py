"""Tables a person takes away, and the words in them."""
