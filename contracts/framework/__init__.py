"""Result agreements of a year (RAK): made together, signed off by both, agreed as an amendment."""
