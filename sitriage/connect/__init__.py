"""For chatbots: tool definitions, the call of a tool, and a net under the reply. No SDK is imported."""

from sitriage.connect.call import call_tool
from sitriage.connect.guard import Flag, guard
from sitriage.connect.tools import definitions

__all__ = ["Flag", "call_tool", "definitions", "guard"]
