"""The tree of the rules as one value, and as text, SVG and mermaid."""
