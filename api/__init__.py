"""Where people ask: command line, HTTP, chat widget, bots, OpenAI-style and MCP clients."""
