"""Twelve questions of the first sample notice, asked through every door."""

QUESTIONS = (
    "How many projects landed in 2023?",
    "What was the landing rate in 2023, and what is the 2024 goal?",
    "How much investment is expected from the new projects of 2023, in yuan and in dollars?",
    "Average expected investment per new project in 2023?",
    "How much lower is the 2024 goal for new projects than the 2023 result?",
    "How many new projects were there in 2022, judging by the growth rate?",
    "Which institutions were newly recognised?",
    "What was signed at the Beijing-Hong Kong symposium?",
    "How many foreign-funded projects should land in 2024?",
    "What was the landing rate in 2019?",
    "What is the landing rate?",
    "2023年落地了多少个项目？",
)
