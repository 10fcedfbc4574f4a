"""Where an inhabitant goes with a question: the public page, and the desk."""
