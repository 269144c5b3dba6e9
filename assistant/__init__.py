"""How a question is answered: reading, planning, tools, the agent, the number gate."""
