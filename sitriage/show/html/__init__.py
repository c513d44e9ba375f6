"""Verdicts, questions and rules as HTML: cards for notebooks, and whole pages to print.

A card stands anywhere. JupyterLab strips `<style>`, inline `<svg>`, `role` and `aria-*` from a notebook that
is not trusted; so styles are inline, pictures are `<img alt>` that hold their data, and all that matters is
said in words. A card is paper, dark on light, on whatever background it lies.
"""
