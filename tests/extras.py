"""The modules that only an extra can import, each with what it needs."""

EXTRAS = {
    "sitriage.connect.mcp_server": "mcp",
    "sitriage.connect.widget": "anywidget",
    "sitriage.show.handout.pdf": "typst",
    "sitriage.show.handout.times": "icalendar",
}
