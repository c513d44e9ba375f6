"""Question by question: the fewest safe questions, and the proof that stopping is safe."""
