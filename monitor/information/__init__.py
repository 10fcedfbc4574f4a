"""Which information each role needs: the picture per role, and the desk."""
