"""JSON Schemas and types that are generated from the classes and the rules."""
